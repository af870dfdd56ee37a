/// How much a case asks: the scheme's documentation says so, hardening, worth knowing.
package enum Level: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Worth knowing.
    case may
    /// Hardening.
    case should
    /// The scheme's documentation says so, or it follows.
    case must

    /// Orders by how much is asked.
    package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .may: 0
        case .should: 1
        case .must: 2
        }
    }
}
