package import ReportModel
package import Schemes

/// A case that needs memory on the other side: several requests, and what they must come to together.
package struct Scenario: CaseDescription {
    /// The stable, path-like name: family and name.
    package let id: String
    /// What a sound endpoint does, in one sentence.
    package let title: String
    /// The most that is asked.
    package let ceiling: Level
    /// What it is about.
    package let topic: Topic
    /// How bad a failure is.
    package let severity: Severity
    /// The kinds of weakness (CWE numbers).
    package let cwe: [Int]
    /// The entries of the flaw catalogue that it covers.
    package let covers: [String]
    /// What a scheme must have for it to make sense.
    package let needs: [Need]
    /// Why it matters.
    package let why: String
    /// How to mend a failure.
    package let fix: String
    /// The smallest profile that runs it.
    package let profile: Profile
    /// Why it stays although no flaw needs it to be caught; `nil` for every other.
    package let keptFor: Keeping?
    /// What the user must have given for the scenario to be possible.
    package let facilities: Set<Facility>
    /// What becomes of the telling request at a sound endpoint.
    package let expects: Decision
    /// How long it waits in a scheme, in seconds of the target's clock.
    package let waits: @Sendable (Scheme) -> Int64
    /// What it does. It throws a `Finding` when the target is found wanting, and an `Obstacle` when it can't tell.
    package let play: @Sendable (any Stage) throws -> Void

    /// Creates a scenario.
    init(
        _ id: String, _ ceiling: Level, _ topic: Topic, _ severity: Severity, covers: [String], cwe: [Int],
        needs: [Need] = [], facilities: Set<Facility> = [], expects: Decision, _ title: String,
        why: String, fix: String, profile: Profile = .standard, keptFor: Keeping? = nil,
        waits: @escaping @Sendable (Scheme) -> Int64 = { _ in 0 }, play: @escaping @Sendable (any Stage) throws -> Void
    ) {
        self.id = id
        self.ceiling = ceiling
        self.topic = topic
        self.severity = severity
        self.covers = covers
        self.cwe = cwe
        self.needs = needs
        self.facilities = facilities
        self.expects = expects
        self.title = title
        self.why = why
        self.fix = fix
        self.profile = profile
        self.keptFor = keptFor ?? KeptCases.reasons[id]
        self.waits = waits
        self.play = play
    }
}

/// What a user must give for some scenarios to be possible.
package enum Facility: String, Sendable, Hashable, CaseIterable {
    /// Sight of effects: without it, waiting for minutes would tell nothing.
    case effects
    /// A way to replace the secret.
    case rotation
    /// Another bridge.
    case secondBridge = "second-bridge"
    /// The admin interface of the scheme's document.
    case administration
    /// A set of keys that the target fetches from the run.
    case keySet = "key-set"

    /// The options that give it.
    package var options: String {
        switch self {
        case .effects: "--observe"
        case .rotation: "--rotate or --admin"
        case .secondBridge: "--second"
        case .administration: "--admin"
        case .keySet: "--jwks-listen"
        }
    }
}

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
    /// What stood in the way.
    package enum Kind: Sendable, Hashable {
        /// Nothing but what the user did not give: the case is skipped.
        case notGiven
        /// The target refused a valid request: a defect of its own, if it takes others.
        case refusedControl
        /// Something went wrong on the way: the case is inconclusive.
        case mishap
    }

    /// The reason, in one sentence.
    package let reason: String
    /// What stood in the way.
    package let kind: Kind

    /// Something went wrong on the way: the case is inconclusive.
    package init(_ reason: String) { self.init(reason, .mishap) }

    /// The case makes no sense here, or needs what was not given.
    package static func skip(_ reason: String) -> Obstacle { Obstacle(reason, .notGiven) }

    /// A valid request was not accepted.
    ///
    /// - Parameter isMain: whether it was for the target, whose valid requests are known to be valid; the secret of
    ///   another bridge may be the wrong one.
    package static func control(_ reason: String, _ reception: Reception, isMain: Bool) -> Obstacle {
        Obstacle(reason, reception.isRejected && isMain ? .refusedControl : .mishap)
    }

    private init(_ reason: String, _ kind: Kind) {
        self.reason = reason
        self.kind = kind
    }
}
