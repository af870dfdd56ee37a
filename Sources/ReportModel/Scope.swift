/// Which levels of cases are run.
package enum Scope: String, Sendable, Hashable, CaseIterable {
    /// Only what the document requires.
    case must
    /// Hardening too.
    case should
    /// Everything.
    case all

    /// Whether cases of a level are run.
    package func includes(_ level: Level) -> Bool {
        switch self {
        case .must: level == .must
        case .should: level >= .should
        case .all: true
        }
    }
}
