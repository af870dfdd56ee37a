/// What a run is held against besides its own cases: waivers, and the report of an earlier run.
package struct Gate: Sendable, Hashable {
    /// The waivers that do not fit; each fails the run.
    package var waivers: [WaiverProblem] = []
    /// The differences from an earlier run; `nil` without one.
    package var baseline: BaselineComparison?

    /// Creates a gate.
    package init(waivers: [WaiverProblem] = [], baseline: BaselineComparison? = nil) {
        self.waivers = waivers
        self.baseline = baseline
    }

    /// What this part of a run and another one were held against together.
    func union(_ other: Gate) -> Gate {
        var gate = self
        gate.waivers += other.waivers.filter { !waivers.contains($0) }
        if let theirs = other.baseline {
            guard var ours = baseline else {
                gate.baseline = theirs
                return gate
            }
            ours.new += theirs.new
            ours.fixed += theirs.fixed
            ours.unjudged += theirs.unjudged
            gate.baseline = ours
        }
        return gate
    }
}

/// A waiver that does not fit.
package struct WaiverProblem: Sendable, Hashable {
    /// The waiver.
    package var waiver: Waiver
    /// What is wrong with it.
    package var kind: Kind

    /// Creates a problem.
    package init(waiver: Waiver, kind: Kind) {
        self.waiver = waiver
        self.kind = kind
    }

    /// What is wrong with a waiver.
    package enum Kind: Sendable, Hashable {
        /// Its last day has passed.
        case expired
        /// The case is met now.
        case stale
        /// The case is not met in another way than the waiver says.
        case changed(PinnedOutcome)
        /// The case was not run: it is not selected, or it was skipped.
        case unmatched
    }
}

/// What changed since an earlier run.
package struct BaselineComparison: Sendable, Hashable {
    /// The id of the earlier run.
    package var run: String
    /// Cases that fail now, and did not, or failed in another way.
    package var new: [String] = []
    /// Cases that failed in the earlier run and pass now.
    package var fixed: [String] = []
    /// Cases that failed in the earlier run and could not be judged now.
    package var unjudged: [String] = []

    /// Creates a comparison.
    package init(run: String, new: [String] = [], fixed: [String] = [], unjudged: [String] = []) {
        self.run = run
        self.new = new
        self.fixed = fixed
        self.unjudged = unjudged
    }
}
