public import Schemes

/// A case that needs memory on the other side: several requests, and what they must come to together.
public struct Scenario: Sendable {
    /// The stable, path-like name: family and name.
    public let id: String
    /// What a sound endpoint does, in one sentence.
    public let title: String
    /// The most that is asked; see `Case.ceiling`.
    public let ceiling: Level
    /// What it is about.
    public let topic: Topic
    /// How bad a failure is.
    public let severity: Severity
    /// The kinds of weakness (CWE numbers).
    public let cwe: [Int]
    /// The entries of the flaw catalogue that it covers.
    public let covers: [String]
    /// What a scheme must have for the scenario to make sense.
    public let needs: [Need]
    /// What the user must have given for it to be possible.
    public let facilities: Set<Facility>
    /// Why it matters.
    public let why: String
    /// How to mend a failure.
    public let fix: String
    /// How long it waits, in seconds of the target's time.
    public let waits: @Sendable (Scheme) -> Int
    /// What it does.
    public let play: @Sendable (any Stage) throws -> Void

    /// Creates a scenario.
    public init(
        _ id: String, _ ceiling: Level, _ topic: Topic, _ severity: Severity, covers: [String], cwe: [Int],
        needs: [Need] = [], facilities: Set<Facility> = [], _ title: String, why: String, fix: String,
        waits: @escaping @Sendable (Scheme) -> Int = { _ in 0 }, play: @escaping @Sendable (any Stage) throws -> Void
    ) {
        self.id = id
        self.ceiling = ceiling
        self.topic = topic
        self.severity = severity
        self.covers = covers
        self.cwe = cwe
        self.needs = needs
        self.facilities = facilities
        self.title = title
        self.why = why
        self.fix = fix
        self.waits = waits
        self.play = play
    }

    /// The first part of the id.
    public var family: String { String(id.prefix { $0 != "/" }) }

    /// Tells whether the scenario makes sense for a scheme.
    public func applies(to scheme: Scheme) -> Bool { needs.allSatisfy { $0.isMet(by: scheme) } }

    /// Gives how much the scenario asks in a scheme, by the rule of `Case.level(in:)`.
    public func level(in scheme: Scheme) -> Level { ceiling.asked(on: topic, by: scheme) }
}

/// What a user must give for a scenario to be possible.
public enum Facility: String, Sendable, Hashable, CaseIterable {
    /// A way to see effects: `--observe`, or answers that name them.
    case effects
    /// A way to rotate the secret: `--rotate`.
    case rotation
    /// Another bridge: `--second`.
    case secondBridge = "second-bridge"
    /// The admin interface of the scheme's document: `--admin`.
    case lifecycle
}

/// What a scenario can do. The harness implements it over a live target.
public protocol Stage: AnyObject {
    /// How the target's requests are signed.
    var scheme: Scheme { get }

    /// Gives a valid request with a fresh id, changed by a recipe.
    ///
    /// - Parameter signer: whose secret signs it.
    func request(signedBy signer: Signer, _ edit: (inout Draft) -> Void) -> SignedRequest

    /// Sends a request.
    func send(_ request: SignedRequest, to bridge: Bridge) -> Reception

    /// Sends the same request several times at once, each on a connection of its own.
    func sendTogether(_ request: SignedRequest, count: Int) -> [Reception]

    /// Gives the number of effects that some exchanges had, once they have settled.
    ///
    /// - Throws: `Obstacle` when effects can't be seen.
    func effects(of exchanges: () throws -> Void) throws -> Int

    /// Lets time pass on the target's side, while other cases go on.
    func wait(seconds: Double) throws

    /// Replaces the secret. Afterwards `Signer.current` is the new one.
    ///
    /// - Throws: `Obstacle` when that fails.
    func rotate() throws

    /// Does something through the admin interface.
    ///
    /// - Throws: `Obstacle` when the interface fails.
    func administer(_ action: AdminAction) throws -> AdminAnswer
}

/// Whose secret signs a request.
public enum Signer: Sendable, Hashable {
    /// The secret that is good now.
    case current
    /// The one that was good so many rotations ago.
    case previous(Int)
    /// The second bridge's.
    case second
}

/// Where a request goes.
public enum Bridge: Sendable, Hashable {
    /// The target.
    case main
    /// The second bridge.
    case second
}

/// What came back for a request of a scenario.
public struct Reception: Sendable, Hashable {
    /// Whether it was accepted, rejected, crashed, silent or odd, by name; `nil` when nothing reached the target.
    public let observation: String?
    /// The status; `nil` when there was no answer.
    public let status: Int?
    /// The answer's body.
    public let body: [UInt8]

    /// Creates a reception.
    public init(observation: String?, status: Int?, body: [UInt8]) {
        self.observation = observation
        self.status = status
        self.body = body
    }

    /// Whether the request took effect, as far as the answer says.
    public var isAccepted: Bool { observation == "accepted" }
    /// Whether the request was refused.
    public var isRejected: Bool { observation == "rejected" }
}

/// What can be done through the admin interface of a document.
public enum AdminAction: Sendable, Hashable {
    /// Stops the flow for a time.
    case pause
    /// Lets it go on.
    case resume
    /// Lets messages flow one way only.
    case direct(String)
    /// Removes the bridge.
    case delete
    /// Makes a bridge and gives its id and secret.
    case create(secret: String?)
    /// Lists the bridges.
    case list
}

/// What the admin interface answered.
public struct AdminAnswer: Sendable, Hashable {
    /// The status.
    public let status: Int
    /// The body.
    public let body: [UInt8]

    /// Creates an answer.
    public init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

/// Why a scenario found the target wanting. Thrown by a scenario.
public struct Finding: Error, Sendable {
    /// What kind of harm it is.
    public enum Kind: String, Sendable {
        /// Accepted what it must refuse.
        case forgery
        /// Refused what it must accept.
        case refusal
        /// Did not survive.
        case crash
        /// The right decision with the wrong status or effect.
        case contract
        /// Told a stranger what it must not.
        case leak
    }

    /// The kind of harm.
    public let kind: Kind
    /// What happened, in one sentence.
    public let text: String

    /// Creates a finding.
    public init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}

/// Why a scenario can't tell. Thrown by a stage, or by a scenario whose controls are not accepted.
public struct Obstacle: Error, Sendable {
    /// The reason, in one sentence.
    public let reason: String
    /// Whether the scenario was not possible from the start, and so counts as skipped, not as inconclusive.
    public let isMissingFacility: Bool

    /// Creates an obstacle.
    public init(_ reason: String, isMissingFacility: Bool = false) {
        self.reason = reason
        self.isMissingFacility = isMissingFacility
    }
}
