package import ReportModel

extension WaiverProblem {
    /// What is wrong with the waiver and what to do, in words.
    package var words: String {
        switch kind {
        case .expired:
            "its last day was \(waiver.expires.text): fix the failure, or agree with \(waiver.owner) on another day "
                + "(\(waiver.issue))"
        case .stale: "the case passes now: remove the waiver"
        case .changed(let unmet):
            "the case now fails in another way: the waiver says '\(waiver.outcome.text)', the run found '\(unmet.text)'"
        case .unmatched: "the case was not run, or was skipped: remove the waiver, or give the run what the case needs"
        }
    }

    /// The problem in one word.
    package var word: String {
        switch kind {
        case .expired: "expired"
        case .stale: "stale"
        case .changed: "changed"
        case .unmatched: "unmatched"
        }
    }
}

extension Excuse {
    /// Why the failure does not fail the run, in words.
    var words: String {
        switch self {
        case .waiver(let waiver):
            "waived until \(waiver.expires.text): \(waiver.reason) (\(waiver.issue), \(waiver.owner))"
        case .baseline(let run): "failed in the same way in the baseline, run \(run)"
        }
    }
}
