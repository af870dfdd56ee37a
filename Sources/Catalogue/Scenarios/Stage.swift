package import Bytes
package import ReportModel
package import Schemes

/// What a scenario can do. The harness implements it over a live target.
package protocol Stage: AnyObject {
    /// How requests are signed.
    var scheme: Scheme { get }
    /// The target.
    var main: Bridge { get }

    /// The other bridge that the user named.
    ///
    /// - Throws: `Obstacle` when there is none.
    func second() throws -> Bridge

    /// Gives the draft of a valid request with a fresh id, signed with the secret that is good now.
    func draft(for bridge: Bridge) -> Draft

    /// Sends a request over a connection of its own.
    ///
    /// - Throws: `Obstacle` when the target can't be reached.
    func send(_ request: SignedRequest, to bridge: Bridge) throws -> Reception

    /// Sends valid requests one after the other over one connection; each must be accepted.
    func sendControls(_ count: Int, to bridge: Bridge) throws

    /// Sends copies of a request at the same moment, each over a connection of its own.
    func sendAtOnce(_ request: SignedRequest, copies: Int, to bridge: Bridge) throws -> [Reception]

    /// Counts the effects of some requests on a bridge.
    ///
    /// - Parameters:
    ///   - expected: how many are right; more are waited for no longer than it takes to see that they do not come.
    ///   - requests: sends, and gives what came back.
    func effects(on bridge: Bridge, expecting expected: Int, of requests: () throws -> [Reception]) throws -> Effects

    /// The time on the target's clock, in seconds since some start.
    var now: Double { get }

    /// Lets time pass on the target's clock while other cases go on.
    ///
    /// - Throws: `Obstacle` when the run is interrupted.
    func wait(seconds: Int64) throws

    /// What was seen of the target's secrets when they were replaced twice, which happens once in a run.
    ///
    /// - Parameter isOver: whether to wait until the grace is over.
    func rotation(isOver: Bool) throws -> RotationRecord

    /// Watches the secrets of a bridge that a scenario made: replaced once, then asked for as long as the grace lasts.
    ///
    /// - Parameters:
    ///   - replace: replaces the secret, and gives the new one as the vendor shows it.
    ///   - during: called once, while the old secret still ought to be good.
    func watchRotation(
        of bridge: Bridge, replace: () throws -> [UInt8], during: () throws -> Void
    ) throws -> RotationRecord

    /// Does something through the admin interface.
    ///
    /// - Throws: `Obstacle` when there is none or it can't be reached.
    func administer(_ call: AdminCall) throws -> AdminAnswer

    /// Takes note of what must be undone whatever happens, and how.
    func undoAtEnd(_ what: String, by call: AdminCall)

    /// Adds a fresh key to the set of keys that the run serves, and gives its private half.
    ///
    /// - Throws: `Obstacle` when the run serves none, or no key could be made.
    func addKey() throws -> [UInt8]

    /// Takes a key out of that set again.
    func withdrawKey(_ key: [UInt8]) throws

    /// How often that set was fetched so far.
    func keyFetches() throws -> Int

    /// Gives access to a bridge that a scenario made.
    ///
    /// - Throws: `Obstacle` when the secret does not decode.
    func bridge(_ name: String, path: String, secret: [UInt8]) throws -> Bridge

    /// Takes down for how long a delivery is remembered, in seconds.
    ///
    /// - Parameters:
    ///   - atLeast: after so long it still was.
    ///   - lessThan: after so long it no longer was; `nil` when that was not seen.
    func measured(memoryAtLeast atLeast: Int64?, lessThan: Int64?)
}

/// A bridge that a stage knows: where its requests go and what signs them.
package struct Bridge: Sendable, Hashable {
    /// What it is called in messages.
    package let name: String
    /// Path and query.
    package let path: String

    /// Names a bridge.
    package init(name: String, path: String) {
        self.name = name
        self.path = path
    }
}

/// What came back for one request of a scenario.
package struct Reception: Sendable, Hashable {
    /// What it was read as.
    package let reading: Observation
    /// The status; `nil` when there was no answer.
    package let status: Int?
    /// The answer's body.
    package let body: [UInt8]
    /// Whether `body` is all of it.
    package let bodyIsWhole: Bool

    /// Creates a reception.
    package init(_ reading: Observation, status: Int?, body: [UInt8], bodyIsWhole: Bool = true) {
        self.reading = reading
        self.status = status
        self.body = body
        self.bodyIsWhole = bodyIsWhole
    }

    /// Whether it was accepted.
    package var isAccepted: Bool { reading == .accepted }
    /// Whether it was refused.
    package var isRejected: Bool { reading == .rejected }

    /// What happened in words, such as `rejected, status 401`.
    package var words: String { status.map { "\(reading.rawValue), status \($0)" } ?? reading.rawValue }

    /// The body as JSON, or `nil`.
    package var json: JSON? { try? JSON.parse(body) }

    /// Whether the answer says that the delivery was known already.
    package var saysDuplicate: Bool {
        let text = body.map(ASCII.lowercased)
        return ["duplicate", "already", "replay"].contains { ASCII.firstRange(of: Array($0.utf8), in: text) != nil }
    }
}

/// How many effects some requests had.
package enum Effects: Sendable, Hashable {
    /// Seen.
    case exactly(Int)
    /// Not seen: so many requests were accepted, and whether each had an effect can't be told.
    case atMost(Int)
}

/// A call of an admin interface.
package struct AdminCall: Sendable, Hashable {
    /// The method.
    package let method: String
    /// The path, from the root of the interface.
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

/// What an admin interface answered.
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

    /// Tells whether a text stands anywhere in the body.
    package func holds(_ text: [UInt8]) -> Bool { ASCII.firstRange(of: text, in: body) != nil }
}
