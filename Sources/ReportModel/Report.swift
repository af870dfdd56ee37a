/// The findings of a run. JSON is its canonical form; every other format is derived from it.
package struct Report: Sendable {
    /// Whether the run finished.
    package var complete: Bool
    /// The exit status of the run.
    package var exit: ExitStatus
    /// What was run.
    package var run: RunDescription
    /// The totals.
    package var summary: Summary
    /// What was measured about the target.
    package var measurements: Measurements
    /// Why the run as a whole is inconclusive; `nil` when it is not.
    package var cause: Cause?
    /// What the run was held against; `nil` when that is nothing but its cases.
    package var gate: Gate?
    /// What explains the results, what explains most first.
    package var diagnosis: [Diagnosis] = []
    /// The results, in catalogue order.
    package var cases: [CaseResult]
    /// Everything that differs from run to run: times, ids, requests and answers.
    package var record: RunRecord

    /// Creates a report and counts its summary.
    package init(
        complete: Bool, exit: ExitStatus, run: RunDescription, measurements: Measurements, cause: Cause?,
        cases: [CaseResult], record: RunRecord
    ) {
        self.complete = complete
        self.exit = exit
        self.run = run
        summary = Summary(cases)
        self.measurements = measurements
        self.cause = cause
        self.cases = cases
        self.record = record
    }

    /// Whether it is about a sender.
    package var isOfSender: Bool { cases.contains { $0.expected.decision == .delivered } }

    /// What was run. The same inputs give the same description.
    package struct RunDescription: Sendable, Hashable {
        /// A name derived from the inputs.
        package var id: String
        /// The scheme's name.
        package var scheme: String
        /// Which of the scheme's payloads.
        package var payload: String
        /// The target's name.
        package var target: String
        /// The levels that were run.
        package var level: Scope
        /// The lowest level that fails a run.
        package var enforce: Level
        /// How much was run.
        package var profile: Profile
        /// Which cases were left out by name or number.
        package var selection: Selection
        /// The seed for the order of the cases.
        package var seed: UInt64
        /// The digest of the scheme's vectors, `sha256:` and hexadecimal.
        package var vectors: String
        /// Remarks for readers.
        package var remarks: [Remark]

        /// Creates a description.
        package init(
            id: String, scheme: String, payload: String, target: String, level: Scope, enforce: Level,
            profile: Profile, selection: Selection = Selection(), seed: UInt64, vectors: String, remarks: [Remark]
        ) {
            self.id = id
            self.scheme = scheme
            self.payload = payload
            self.target = target
            self.level = level
            self.enforce = enforce
            self.profile = profile
            self.selection = selection
            self.seed = seed
            self.vectors = vectors
            self.remarks = remarks
        }
    }

    /// The totals.
    package struct Summary: Sendable, Hashable {
        /// Cases in the report.
        package var cases = 0
        /// As expected.
        package var passed = 0
        /// Not as expected, and enforced.
        package var failed = 0
        /// A `should` not met.
        package var warned = 0
        /// A `may`, worth knowing.
        package var noted = 0
        /// Known failures.
        package var waived = 0
        /// Not judged.
        package var inconclusive = 0
        /// Not run.
        package var skipped = 0
        /// Passes in which the target accepted the control and rejected the probe.
        package var discriminating = 0

        /// Counts results.
        package init(_ results: [CaseResult]) {
            cases = results.count
            for result in results {
                switch result.outcome {
                case .pass: passed += 1
                case .fail: failed += 1
                case .warn: warned += 1
                case .note: noted += 1
                case .waived: waived += 1
                case .inconclusive: inconclusive += 1
                case .skipped: skipped += 1
                }
                if result.isDiscriminating { discriminating += 1 }
            }
            // Where verdicts do not follow from requests, no refusal shows that a target can tell good from bad.
            if results.contains(where: \.isUnsteady) { discriminating = 0 }
        }
    }
}

/// What a reader of a report must know about its run.
package enum Remark: Sendable, Hashable {
    /// The target's certificate was not verified.
    case certificateNotVerified
    /// Options that were read from this configuration file.
    case configured(file: String, options: [String])
    /// The target's secret was replaced this many times.
    case secretReplaced(times: Int)
    /// The target limited the rate of requests, and the run slowed down.
    case rateLimited
    /// The target took what it had left unread of a refused request for the beginning of the next one.
    case connectionOutOfStep
    /// The target's `Date` does not run as fast as the run's clock, so the target's time is not known.
    case dateNotAccelerated
    /// The target was gone before the run was over, and did not come back.
    case notBack
    /// What was judged is a recording with this many requests; some were left out, some had lost bytes.
    case recorded(requests: Int, leftOut: Int, bytesLost: Int)
    /// The sender was said to wait so many seconds before its second, third, … attempt, whatever its document says.
    case scheduled(seconds: [Int])
    /// Something created for a test could not be removed.
    case notRemoved(String)
}
