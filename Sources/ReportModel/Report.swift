/// What a run found. JSON is its canonical form, and every other format is a view of that.
package struct Report: Sendable {
    /// Whether the run came to its end.
    package var complete: Bool
    /// The exit code of the run.
    package var exit: Int
    /// What was run.
    package var run: RunDescription
    /// The totals.
    package var summary: Summary
    /// What was measured about the target.
    package var measurements: Measurements
    /// Why the run as a whole is inconclusive, in words; `nil` when it is not.
    package var cause: String?
    /// The results in the order of the catalogue.
    package var cases: [CaseResult]
    /// Everything that differs from run to run: times, ids, requests and answers.
    package var timing: RunTiming

    /// Creates a report; its summary is counted from the results.
    package init(
        complete: Bool, exit: Int, run: RunDescription, measurements: Measurements, cause: String?,
        cases: [CaseResult], timing: RunTiming
    ) {
        self.complete = complete
        self.exit = exit
        self.run = run
        summary = Summary(cases)
        self.measurements = measurements
        self.cause = cause
        self.cases = cases
        self.timing = timing
    }

    /// What was run. The same inputs give the same description.
    package struct RunDescription: Sendable, Hashable {
        /// A name made from the inputs.
        package var id: String
        /// The scheme's name.
        package var scheme: String
        /// Which of the scheme's payloads.
        package var payload: String
        /// The target's name.
        package var target: String
        /// The levels that were run: `must`, `should` or `all`.
        package var level: String
        /// The levels that fail a run: `must` or `should`.
        package var enforce: String
        /// How much was run.
        package var profile: Profile
        /// What the order was drawn from.
        package var seed: UInt64
        /// The digest of the scheme's vectors, `sha256:` and hexadecimal.
        package var vectors: String
        /// What a reader must know: TLS without verification, for example.
        package var remarks: [String]

        /// Creates a description.
        package init(
            id: String, scheme: String, payload: String, target: String, level: String, enforce: String,
            profile: Profile, seed: UInt64, vectors: String, remarks: [String]
        ) {
            self.id = id
            self.scheme = scheme
            self.payload = payload
            self.target = target
            self.level = level
            self.enforce = enforce
            self.profile = profile
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
        /// Not told.
        package var inconclusive = 0
        /// Not run.
        package var skipped = 0
        /// Passes in which the target refused a probe after it had accepted its control.
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
        }
    }
}
