public import Catalogue
public import Schemes

/// Everything that decides what a run does, but for the target.
public struct RunConfiguration: Sendable {
    /// Which levels are run.
    public enum Scope: String, Sendable, CaseIterable {
        /// Only what the document requires.
        case must
        /// Hardening too.
        case should
        /// Everything.
        case all

        /// Tells whether a level is run.
        public func includes(_ level: Level) -> Bool {
            switch self {
            case .must: level == .must
            case .should: level >= .should
            case .all: true
            }
        }
    }

    /// How requests are signed.
    public var scheme: Scheme
    /// Which kind of request is sent.
    public var payload: Payload
    /// What signs.
    public var secret: Secret
    /// The value of each credential that the scheme names.
    public var credentials: [String: [UInt8]] = [:]
    /// A body of the user's, with places.
    public var bodyTemplate: [UInt8]?
    /// Which levels are run.
    public var scope: Scope = .should
    /// Which unmet levels fail the run: this one and above.
    public var enforced: Level = .must
    /// How much is run.
    public var profile: Profile = .standard
    /// Patterns of case ids to run; none means all.
    public var only: [CaseGlob] = []
    /// Patterns of case ids not to run.
    public var skip: [CaseGlob] = []
    /// What the order of the cases is drawn from.
    public var seed: UInt64 = 1
    /// How many cases run side by side.
    public var lanes = 1
    /// The most requests a second; `nil` for no limit.
    public var requestsPerSecond: Int?
    /// Whether the first failure ends the run.
    public var failsFast = false
    /// How many seconds pass on the target's clock in one of ours; 1 for every target but a reference endpoint.
    public var speed: Double = 1
    /// What the user gave so that cases can see and do more.
    public var facilities = Facilities()
    /// Whether the report names the vectors by their digest, which takes as long to make as a short run.
    public var digestsVectors = true
    /// What a reader of the report must know.
    public var remarks: [String] = []

    /// Creates a configuration of a scheme's usual payload.
    public init(scheme: Scheme, payload: Payload? = nil, secret: Secret) {
        self.scheme = scheme
        self.payload = payload ?? scheme.payloads[0]
        self.secret = secret
    }

    /// A pattern that matches no case of the scheme.
    public struct UnmatchedPattern: Error, Sendable {
        /// The pattern.
        public let pattern: String
        /// The ids that it could have matched.
        public let known: [String]
    }

    /// Gives the cases to run, in the order of the catalogue.
    ///
    /// - Throws: `UnmatchedPattern` for the first pattern that matches no case of the scheme.
    public func plan() throws(UnmatchedPattern) -> Plan {
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
