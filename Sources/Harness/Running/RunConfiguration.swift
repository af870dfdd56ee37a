package import Catalogue
package import ReportModel
package import Schemes

/// Everything that decides what a run does, but for the target.
package struct RunConfiguration: Sendable {
    /// Which levels are run.
    package enum Scope: String, Sendable, CaseIterable {
        /// Only what the document requires.
        case must
        /// Hardening too.
        case should
        /// Everything.
        case all

        /// Tells whether a level is run.
        package func includes(_ level: Level) -> Bool {
            switch self {
            case .must: level == .must
            case .should: level >= .should
            case .all: true
            }
        }
    }

    /// How requests are signed.
    package var scheme: Scheme
    /// Which kind of request is sent.
    package var payload: Payload
    /// What signs.
    package var secret: Secret
    /// The value of each credential that the scheme names.
    package var credentials: [String: [UInt8]] = [:]
    /// A body of the user's, with places.
    package var bodyTemplate: [UInt8]?
    /// Which levels are run.
    package var scope: Scope = .should
    /// Which unmet levels fail the run: this one and above.
    package var enforced: Level = .must
    /// How much is run.
    package var profile: Profile = .standard
    /// Patterns of case ids to run; none means all.
    package var only: [CaseGlob] = []
    /// Patterns of case ids not to run.
    package var skip: [CaseGlob] = []
    /// What the order of the cases is drawn from.
    package var seed: UInt64 = 1
    /// How many cases run side by side.
    package var lanes = 1
    /// The most requests a second; `nil` for no limit.
    package var requestsPerSecond: Int?
    /// Whether the first failure ends the run.
    package var failsFast = false
    /// How many seconds pass on the target's clock in one of ours; 1 for every target but a reference endpoint.
    package var speed: Double = 1
    /// What the user gave so that cases can see and do more.
    package var facilities = Facilities()
    /// Whether the report names the vectors by their digest, which takes as long to make as a short run.
    package var digestsVectors = true
    /// What a reader of the report must know.
    package var remarks: [String] = []

    /// Creates a configuration of a scheme's usual payload.
    package init(scheme: Scheme, payload: Payload? = nil, secret: Secret) {
        self.scheme = scheme
        self.payload = payload ?? scheme.payloads[0]
        self.secret = secret
    }

    /// A pattern that matches no case of the scheme.
    package struct UnmatchedPattern: Error, Sendable {
        /// The pattern.
        package let pattern: String
        /// The ids that it could have matched.
        package let known: [String]
    }

    /// Gives the cases to run, in the order of the catalogue.
    ///
    /// - Throws: `UnmatchedPattern` for the first pattern that matches no case of the scheme.
    package func plan() throws(UnmatchedPattern) -> Plan {
        let plan = Plan(cases: Catalogue.cases(for: scheme), scenarios: Catalogue.scenarios(for: scheme))
        for glob in only + skip where !plan.ids.contains(where: glob.matches) {
            throw UnmatchedPattern(pattern: glob.pattern, known: plan.ids)
        }
        return Plan(cases: plan.cases.filter(isSelected), scenarios: plan.scenarios.filter(isSelected))
    }

    private func isSelected(_ kase: some CaseDescription) -> Bool {
        if skip.contains(where: { $0.matches(kase.id) }) { return false }
        // A case that is named is run, whatever its level and profile.
        if !only.isEmpty { return only.contains { $0.matches(kase.id) } }
        return kase.profile <= profile && scope.includes(kase.level(in: scheme))
    }
}
