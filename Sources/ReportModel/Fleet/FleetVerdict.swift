/// What a run against one target of a fleet came to.
package struct FleetVerdict: Sendable, Hashable {
    /// The target's name in the fleet file.
    package var name: String
    /// The target's URL.
    package var target: String
    /// The signature scheme.
    package var scheme: String
    /// The exit status of the run.
    package var exit: ExitStatus
    /// What the exit status means here, in a few words.
    package var meaning: String
    /// The totals.
    package var summary: Report.Summary
    /// The cases that failed, the first twenty.
    package var failures: [String]
    /// The path of the report, from the folder of the fleet.
    package var report: String

    /// The most failures that are named.
    package static let named = 20

    /// Creates a verdict.
    package init(
        name: String, target: String, scheme: String, exit: ExitStatus, meaning: String, summary: Report.Summary,
        failures: [String], report: String
    ) {
        self.name = name
        self.target = target
        self.scheme = scheme
        self.exit = exit
        self.meaning = meaning
        self.summary = summary
        self.failures = failures
        self.report = report
    }
}

/// The verdicts of a fleet, in the order of its file.
package struct FleetReport: Sendable, Hashable {
    /// Whether every target was judged.
    package var complete: Bool
    /// The digest of the fleet file, `sha256:` and hexadecimal.
    package var fleet: String
    /// The seed of every run.
    package var seed: UInt64
    /// The verdicts.
    package var verdicts: [FleetVerdict]

    /// Creates a report.
    package init(complete: Bool, fleet: String, seed: UInt64, verdicts: [FleetVerdict]) {
        self.complete = complete
        self.fleet = fleet
        self.seed = seed
        self.verdicts = verdicts
    }

    /// The exit status of the fleet.
    package var exit: ExitStatus {
        guard complete else { return .interrupted }
        return verdicts.isEmpty ? .inconclusive : .combined(verdicts.map(\.exit))
    }

    /// Returns how many targets ended with a status.
    package func count(_ exit: ExitStatus) -> Int { verdicts.count { $0.exit == exit } }
}
