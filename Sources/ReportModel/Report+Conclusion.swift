extension Report {
    /// Counts the results and settles the exit status.
    /// A failure that its own control proved stays proven whatever else could not be judged, so 1 outranks 3; 0
    /// requires a case that shows that the target can reject.
    package mutating func conclude() {
        summary = Summary(cases)
        if cause == nil {
            if cases.isEmpty {
                cause = .nothingSelected
            } else if summary.failed + summary.inconclusive + summary.discriminating == 0 {
                cause = .nothingRefused
            }
        }
        if !complete, cause != .outOfTime {
            exit = .interrupted
        } else if summary.failed > 0 || gate?.waivers.isEmpty == false {
            exit = .failure
        } else if summary.inconclusive > 0 || cause != nil {
            exit = .inconclusive
        } else {
            exit = .success
        }
    }
}
