package import Bytes
package import ReportModel
package import Schemes
package import Timing

/// What a scenario can do to a target. The harness implements it over a live one.
package protocol ScenarioSession: AnyObject {
    /// How requests are signed.
    var scheme: Scheme { get }
    /// The target.
    var main: Bridge { get }

    /// The second bridge, as given by the user.
    ///
    /// - Throws: `Obstacle` when there is none.
    func second() throws -> Bridge

    /// Returns the draft of a valid request with a fresh id, signed with the current secret.
    func draft(for bridge: Bridge) -> Draft

    /// Sends a request over its own connection.
    ///
    /// - Throws: `Obstacle` when the target can't be reached.
    func send(_ request: SignedRequest, to bridge: Bridge) throws -> Reply

    /// Sends valid requests one after the other over one connection; each must be accepted.
    func sendControls(_ count: Int, to bridge: Bridge) throws

    /// Sends requests at the same moment, each over its own connection, and returns the answers in any order.
    func sendAtOnce(_ requests: [SignedRequest], to bridge: Bridge) throws -> [Reply]

    /// Counts the effects of some requests on a bridge.
    ///
    /// - Parameters:
    ///   - expected: the correct number; waiting for more stops once it is clear that they will not come.
    ///   - requests: sends the requests and returns the answers.
    func effects(on bridge: Bridge, expecting expected: Int, of requests: () throws -> [Reply]) throws -> Effects

    /// The time on the target's clock, in seconds since an arbitrary start.
    var now: Double { get }

    /// Waits on the target's clock while other cases go on.
    ///
    /// - Throws: `Obstacle` when the run is interrupted.
    func wait(seconds: Int64) throws

    /// What was observed when the target's secret was rotated twice, which happens once in a run.
    ///
    /// - Parameter isOver: whether to wait until the grace is over.
    func rotation(isOver: Bool) throws -> RotationRecord

    /// Observes the secrets of a created bridge: rotated once, then probed until the grace is over.
    ///
    /// - Parameters:
    ///   - replace: rotates the secret and returns the new one as the vendor shows it.
    ///   - during: called once, while the old secret should still be valid.
    func watchRotation(
        of bridge: Bridge, replace: () throws -> [UInt8], during: () throws -> Void
    ) throws -> RotationRecord

    /// Calls the admin interface.
    ///
    /// - Throws: `Obstacle` when there is none or it can't be reached.
    func administer(_ call: AdminCall) throws -> AdminAnswer

    /// Registers a call that undoes something at the end, whatever happens.
    func undoAtEnd(_ what: String, by call: AdminCall)

    /// Adds a fresh key to the key set that the run serves, and returns its private half.
    ///
    /// - Throws: `Obstacle` when the run serves none, or no key could be generated.
    func addKey() throws -> [UInt8]

    /// Removes a key from that set.
    func withdrawKey(_ key: [UInt8]) throws

    /// Returns how often that set was fetched so far.
    func keyFetches() throws -> Int

    /// Returns access to a bridge that a scenario created.
    ///
    /// - Throws: `Obstacle` when the secret does not decode.
    func bridge(_ name: String, path: String, secret: [UInt8]) throws -> Bridge

    /// Records how long a delivery is remembered, in seconds.
    ///
    /// - Parameters:
    ///   - atLeast: the longest time after which it was still remembered.
    ///   - lessThan: the shortest time after which it was forgotten; `nil` when that was not seen.
    func measured(memoryAtLeast atLeast: Int64?, lessThan: Int64?)

    /// Measures how long the answers to the classes of an experiment take, with nothing else going on.
    ///
    /// - Throws: `Obstacle` where no time can be measured.
    func time(_ question: TimedQuestion) throws -> TimingResult
}

/// A bridge: where its requests go and what signs them.
package struct Bridge: Sendable, Hashable {
    /// Its name in messages.
    package let name: String
    /// The path and query.
    package let path: String

    /// Creates a bridge.
    package init(name: String, path: String) {
        self.name = name
        self.path = path
    }
}

/// The answer to one request of a scenario.
package struct Reply: Sendable, Hashable {
    /// How the answer is interpreted.
    package let reading: Observation
    /// The status; `nil` when there was no answer.
    package let status: Int?
    /// The answer's body.
    package let body: [UInt8]
    /// Whether `body` is complete.
    package let bodyIsWhole: Bool

    /// Creates a reply.
    package init(_ reading: Observation, status: Int?, body: [UInt8], bodyIsWhole: Bool = true) {
        self.reading = reading
        self.status = status
        self.body = body
        self.bodyIsWhole = bodyIsWhole
    }

    /// Whether it was accepted.
    package var isAccepted: Bool { reading == .accepted }
    /// Whether it was rejected.
    package var isRejected: Bool { reading == .rejected }

    /// What happened, such as `rejected, status 401`.
    package var words: String { status.map { "\(reading.rawValue), status \($0)" } ?? reading.rawValue }

    /// The body as JSON, or `nil`.
    package var json: JSON? { try? JSON.parse(body) }

    /// Whether the answer says that the delivery was already known.
    package var saysDuplicate: Bool {
        let text = body.map(ASCII.lowercased)
        return ["duplicate", "already", "replay"].contains { ASCII.firstRange(of: Array($0.utf8), in: text) != nil }
    }
}

/// How many effects some requests had.
package enum Effects: Sendable, Hashable {
    /// The number of effects seen.
    case exactly(Int)
    /// The number of accepted requests; whether each had an effect can't be seen.
    case atMost(Int)
}

/// A call of an admin interface.
package struct AdminCall: Sendable, Hashable {
    /// The method.
    package let method: String
    /// The path, relative to the root of the interface.
    package let path: String
    /// The body; `nil` sends none.
    package let body: JSON?
    /// Whether the token is sent.
    package let isAuthorized: Bool

    /// Creates a call.
    package init(_ method: String, _ path: String, body: JSON? = nil, isAuthorized: Bool = true) {
        self.method = method
        self.path = path
        self.body = body
        self.isAuthorized = isAuthorized
    }
}

/// The answer of an admin interface.
package struct AdminAnswer: Sendable, Hashable {
    /// The status.
    package let status: Int
    /// The body.
    package let body: [UInt8]

    /// Creates an answer.
    package init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }

    /// The body as JSON, or `nil`.
    package var json: JSON? { try? JSON.parse(body) }

    /// Whether the body contains a text.
    package func holds(_ text: [UInt8]) -> Bool { ASCII.firstRange(of: text, in: body) != nil }
}
