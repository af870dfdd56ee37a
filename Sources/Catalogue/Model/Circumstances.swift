package import ReportModel
package import Schemes

/// What a requirement is asked about: everything that decides whether a case can be run.
package struct Circumstances: Sendable {
    /// The run's scheme.
    package var scheme: Scheme
    /// What the user gave.
    package var given: Set<Facility>
    /// The forms of request that the path refuses in valid requests, with what came back.
    package var undelivered: [TransportFeature: CaseResult.Observed]
    /// The longest that a case may wait, in seconds of the target's clock.
    package var longestWait: Int64
    /// Whether cases that wait are left out.
    package var skipsSlow: Bool

    /// Creates the circumstances of a run.
    package init(
        scheme: Scheme, given: Set<Facility>, undelivered: [TransportFeature: CaseResult.Observed] = [:],
        longestWait: Int64, skipsSlow: Bool
    ) {
        self.scheme = scheme
        self.given = given
        self.undelivered = undelivered
        self.longestWait = longestWait
        self.skipsSlow = skipsSlow
    }
}

extension Requirement {
    /// Why a case with this requirement can't be run; `nil` when it can.
    package func reasonToSkip(in circumstances: Circumstances) -> SkipReason? {
        switch self {
        case .given(let facility): circumstances.given.contains(facility) ? nil : .notGiven(facility)
        case .delivered(let feature): circumstances.undelivered[feature].map { .notDelivered(feature, $0) }
        default: isMet(by: circumstances.scheme) ? nil : .notApplicable(circumstances.scheme.id)
        }
    }
}

extension Case {
    /// Why the case can't be run; `nil` when it can.
    package func reasonToSkip(in circumstances: Circumstances) -> SkipReason? {
        for need in needs {
            if let reason = need.reasonToSkip(in: circumstances) { return reason }
        }
        let seconds = waits(in: circumstances.scheme)
        if seconds > circumstances.longestWait { return .tooLong(seconds: seconds) }
        return seconds > 0 && circumstances.skipsSlow ? .slow(seconds: seconds) : nil
    }
}
