package import Catalogue
package import ReportModel
package import Schemes
package import Subjects

/// Everything that determines what a run does, except the target.
package struct RunConfiguration: Sendable {
    /// How requests are signed.
    package var scheme: Scheme
    /// Which kind of request is sent.
    package var payload: Payload
    /// What signs.
    package var secret: Secret
    /// The value of each credential that the scheme names.
    package var credentials: [String: [UInt8]] = [:]
    /// The user's body, with placeholders.
    package var bodyTemplate: [UInt8]?
    /// Which levels are run.
    package var scope: Scope = .should
    /// Which unmet levels fail the run: this one and above.
    package var enforced: Level = .must
    /// The profile to run.
    package var profile: Profile = .standard
    /// Patterns of case ids to run; empty for all.
    package var only: [CaseGlob] = []
    /// Patterns of case ids not to run.
    package var skip: [CaseGlob] = []
    /// Which part of the selected cases to run; `nil` for all.
    package var shard: Shard?
    /// The seed for the order of the cases.
    package var seed: UInt64 = 1
    /// How many cases run at once; `nil` for as many as the target's distance suggests.
    package var lanes: Int?
    /// The most requests a second; `nil` for no limit.
    package var requestsPerSecond: Int?
    /// The command that starts the target again when it is gone.
    package var restart: String?
    /// How long a target that is gone is awaited.
    package var returnPatience = Duration.seconds(30)
    /// How long the run may take; whatever is not judged by then is not judged.
    package var longest = Duration.seconds(3600)
    /// Whether the first failure ends the run.
    package var failsFast = false
    /// Whether a failure is known and tolerated, so that it does not end a run that stops at the first one.
    package var isExcused: @Sendable (CaseResult) -> Bool = { _ in false }
    /// Where the requests of the lanes are kept for other runs, for a subject that is known. Their ids say what they are
    /// for; `nil` makes new ones, with ids that say nothing.
    package var kept: KeptRequests?
    /// The clock of the run; it has another speed than ours only for a reference endpoint.
    package var clock = RunClock()
    /// What the user gave so that cases can observe and do more.
    package var facilities = Facilities()
    /// How times are measured.
    package var timing = TimingOptions()
    /// Whether the report contains the digest of the vectors, which takes as long to compute as a short run.
    package var digestsVectors = true
    /// The most requests that ask what a target verifies which refuses valid ones; 0 asks nothing.
    package var diagnosisRequests = 0
    /// Whether causes of failures are named, after the few requests that tell them apart.
    package var namesCauses = false
    /// Whether they ask about two differences from the document at a time.
    package var diagnosesPairs = false
    /// Whether the report contains the evidence of its cases.
    package var keepsEvidence = true
    /// Remarks for readers of the report.
    package var remarks: [Remark] = []

    /// Creates a configuration with the scheme's usual payload.
    package init(scheme: Scheme, payload: Payload? = nil, secret: Secret) {
        let payload = payload ?? scheme.payloads[0]
        self.scheme = scheme.sending(payload)
        self.payload = payload
        self.secret = secret
    }

    /// A pattern that matches no case of the scheme.
    package struct UnmatchedPattern: Error, Sendable {
        /// The pattern.
        package let pattern: String
        /// The ids that it could have matched.
        package let known: [String]
    }

    /// Returns the cases to run, in catalogue order.
    ///
    /// - Throws: `UnmatchedPattern` for the first pattern that matches no case of the scheme.
    package func plan() throws(UnmatchedPattern) -> Plan { try plan(among: Catalogue.cases(for: scheme)) }

    /// Returns those of some cases that are to be run.
    ///
    /// - Throws: `UnmatchedPattern` for the first pattern that matches none of them.
    package func plan(among cases: [Case]) throws(UnmatchedPattern) -> Plan {
        for glob in only + skip where !cases.contains(where: { glob.matches($0.id) }) {
            throw UnmatchedPattern(pattern: glob.pattern, known: cases.map(\.id))
        }
        let selected = cases.filter(isSelected)
        guard let shard else { return Plan(cases: selected) }
        let part = stride(from: shard.number - 1, to: selected.count, by: shard.count).map { selected[$0] }
        return Plan(cases: part)
    }

    /// What a report says of the selection.
    var selection: Selection { Selection(only: only.map(\.pattern), skip: skip.map(\.pattern), shard: shard) }

    private func isSelected(_ testCase: Case) -> Bool {
        if skip.contains(where: { $0.matches(testCase.id) }) { return false }
        // A case that is named exactly is run whatever its level and profile.
        if !only.isEmpty { return only.contains { $0.matches(testCase.id) } }
        return testCase.profile <= profile && scope.includes(testCase.level(in: scheme))
    }

    /// The circumstances that requirements are checked against before anything is sent.
    package var circumstances: Circumstances {
        Circumstances(
            scheme: scheme, given: facilities.given, longestWait: Int64(RotationWatch.longest),
            skipsSlow: facilities.skipsSlow)
    }

    /// Whether a result is a failure that nothing excuses.
    func fails(_ result: CaseResult) -> Bool { result.outcome == .fail && !isExcused(result) }

    /// Returns the outcome of a case. A crash is never only a note: it counts as at least a `should`.
    func outcome(of testCase: Case, impact: Impact?) -> Outcome {
        guard let impact else { return .pass }
        let level = max(testCase.level(in: scheme), impact == .crash ? .should : .may)
        if level >= enforced { return .fail }
        return level == .should ? .warn : .note
    }
}
