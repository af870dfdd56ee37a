/// How much is run.
package enum Profile: String, Sendable, Hashable, CaseIterable, Comparable {
    /// The dozen that find most.
    case smoke
    /// Everything that is quick and harmless.
    case standard
    /// The slow and the heavy too.
    case audit

    /// Orders by how much is run.
    package static func < (left: Profile, right: Profile) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .smoke: 0
        case .standard: 1
        case .audit: 2
        }
    }
}
