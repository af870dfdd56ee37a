/// How much is run.
package enum Profile: String, Sendable, Hashable, CaseIterable, Comparable {
    /// The dozen that find the most.
    case smoke
    /// Everything quick and harmless.
    case standard
    /// Slow and heavy cases too.
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
