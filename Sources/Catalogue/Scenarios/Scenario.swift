package import ReportModel
package import Schemes

/// A case that needs memory on the other side: several requests, judged together.
package struct Scenario: CaseDescription {
    /// The stable, path-like id: family and name.
    package let id: String
    /// What a sound endpoint does, in one sentence.
    package let title: String
    /// The highest level it can have.
    package let ceiling: Level
    /// The subject.
    package let topic: Topic
    /// How bad a failure is.
    package let severity: Severity
    /// The kinds of weakness, as CWE numbers.
    package let cwe: [Int]
    /// The entries of the flaw catalogue that it covers.
    package let covers: [String]
    /// What a scheme must have for it to apply.
    package let needs: [Need]
    /// Why it matters.
    package let why: String
    /// How to fix a failure.
    package let fix: String
    /// The smallest profile that runs it.
    package let profile: Profile
    /// Why the scenario is kept although it catches no flaw of the reference endpoint; `nil` for every other scenario.
    package let keptFor: Keeping?
    /// The facilities the user must provide.
    package let facilities: Set<Facility>
    /// What a sound endpoint decides about the decisive request.
    package let expects: Decision
    /// How long it waits in a scheme, in seconds of the target's clock.
    package let waits: @Sendable (Scheme) -> Int64
    /// The steps. They throw a `Finding` when the target fails, and an `Obstacle` when they can't tell.
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

/// What a user must provide for some scenarios.
package enum Facility: String, Sendable, Hashable, CaseIterable {
    /// Sight of effects. Without it, waiting for minutes would tell nothing.
    case effects
    /// A way to rotate the secret.
    case rotation
    /// Another bridge.
    case secondBridge = "second-bridge"
    /// The admin interface in the scheme's document.
    case administration
    /// A key set that the target fetches from the run.
    case keySet = "key-set"

    /// The options that provide it.
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

/// The reason why a target fails a scenario.
package struct Finding: Error, Sendable, Hashable {
    /// The kind of harm.
    package let impact: Impact
    /// What happened, in one sentence that is the same in every run.
    package let text: String

    /// Creates a finding.
    package init(_ impact: Impact, _ text: String) {
        self.impact = impact
        self.text = text
    }
}

/// The reason why a scenario can't tell.
package struct Obstacle: Error, Sendable, Hashable {
    /// The kinds of obstacle.
    package enum Kind: Sendable, Hashable {
        /// The user did not provide something: the case is skipped.
        case notGiven
        /// The target rejected a valid request, which is a defect of its own if it accepts others.
        case refusedControl
        /// Something went wrong on the way: the case is inconclusive.
        case mishap
    }

    /// The reason, in one sentence.
    package let reason: String
    /// The kind of obstacle.
    package let kind: Kind

    /// Creates an obstacle for something that went wrong on the way: the case is inconclusive.
    package init(_ reason: String) { self.init(reason, .mishap) }

    /// Returns the obstacle of a case that does not apply here, or needs something the user did not provide.
    package static func skip(_ reason: String) -> Obstacle { Obstacle(reason, .notGiven) }

    /// Returns the obstacle of a valid request that was not accepted.
    ///
    /// - Parameter isMain: whether it was sent to the target, whose valid requests are known to be valid; the secret of
    ///   another bridge may be wrong.
    package static func control(_ reason: String, _ reception: Reception, isMain: Bool) -> Obstacle {
        Obstacle(reason, reception.isRejected && isMain ? .refusedControl : .mishap)
    }

    private init(_ reason: String, _ kind: Kind) {
        self.reason = reason
        self.kind = kind
    }
}
