package import ReportModel

/// Why a scenario found the target wanting.
package struct Finding: Error, Sendable, Hashable {
    /// What kind of harm it is.
    package let impact: Impact
    /// What happened, in one sentence that is the same from run to run.
    package let text: String

    /// Creates a finding.
    package init(_ impact: Impact, _ text: String) {
        self.impact = impact
        self.text = text
    }
}

/// Why a scenario can't tell.
package struct Obstacle: Error, Sendable, Hashable {
    /// What got in the way.
    package enum Kind: Sendable, Hashable {
        /// The question is meaningless here: the case is skipped.
        case skip(SkipReason)
        /// The target refused a valid request, in one sentence: a defect of its own, if it accepts others.
        case refusedControl(String)
        /// Something went wrong on the way: the case is inconclusive.
        case doubt(Doubt)
    }

    /// What got in the way.
    package let kind: Kind

    /// Something went wrong on the way, said in one sentence: the case is inconclusive.
    package init(_ reason: String) { self.init(.obstacle(reason)) }

    /// Something went wrong on the way: the case is inconclusive.
    package init(_ doubt: Doubt) { kind = .doubt(doubt) }

    /// The question is meaningless here.
    package static func skip(_ reason: SkipReason) -> Obstacle { Obstacle(.skip(reason)) }

    /// The question is meaningless here, said in one sentence.
    package static func moot(_ reason: String) -> Obstacle { skip(.moot(reason)) }

    /// A valid request was not accepted.
    ///
    /// - Parameter isMain: whether it was for the target, whose valid requests are known to be valid; the secret of
    ///   another bridge may be the wrong one.
    package static func control(_ reason: String, _ reply: Reply, isMain: Bool) -> Obstacle {
        Obstacle(reply.isRejected && isMain ? .refusedControl(reason) : .doubt(.obstacle(reason)))
    }

    private init(_ kind: Kind) { self.kind = kind }
}
