/// How much a case demands: worth knowing, hardening, or required by the scheme's documentation.
package enum Level: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Worth knowing.
    case may
    /// Hardening.
    case should
    /// Required by the scheme's documentation, explicitly or implicitly.
    case must

    /// Orders by how much is demanded.
    package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .may: 0
        case .should: 1
        case .must: 2
        }
    }
}
