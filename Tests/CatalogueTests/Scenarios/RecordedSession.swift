import Catalogue
import ReportModel
import Schemes
import Timing

/// A session on which nothing happens but the replacement of a secret, which was seen before the play began.
final class RecordedSession: ScenarioSession {
    let scheme: Scheme
    let main = Bridge(name: "the target", path: "/v1/bridges/br_countersign/inbound")
    private let record: RotationRecord
    /// What the play asked for: `true` for the whole grace, `false` for what is known at once.
    private(set) var asked: [Bool] = []
    /// What was done through the admin interface, and how long was waited.
    private(set) var calls: [String] = []

    init(_ scheme: Scheme, _ record: RotationRecord) {
        self.scheme = scheme
        self.record = record
    }

    func rotation(isOver: Bool) throws -> RotationRecord {
        asked.append(isOver)
        return record
    }

    func watchRotation(
        of bridge: Bridge, replace: () throws -> [UInt8], during: () throws -> Void
    ) throws -> RotationRecord {
        asked.append(true)
        calls.append("new: \(String(decoding: try replace(), as: UTF8.self))")
        try during()
        return record
    }

    func administer(_ call: AdminCall) throws -> AdminAnswer {
        calls.append("\(call.method) \(call.path)")
        let body = #"{"bridge_id":"br_made","shared_secret":"s\#(calls.count)"}"#
        return AdminAnswer(status: 200, body: Array(body.utf8))
    }

    func wait(seconds: Int64) throws { calls.append("wait \(seconds)") }
    func undoAtEnd(_ what: String, by call: AdminCall) { calls.append("at the end: \(call.method) \(call.path)") }
    func bridge(_ name: String, path: String, secret: [UInt8]) throws -> Bridge { Bridge(name: name, path: path) }

    // MARK: What no rotation asks for

    private static let nothing = Obstacle("not on this session")

    var now: Double { 0 }
    func second() throws -> Bridge { throw Self.nothing }
    func draft(for bridge: Bridge) -> Draft { Draft(VectorContext.context(of: scheme)) }
    func send(_ request: SignedRequest, to bridge: Bridge) throws -> Reply { throw Self.nothing }
    func sendControls(_ count: Int, to bridge: Bridge) throws { throw Self.nothing }
    func sendAtOnce(_ requests: [SignedRequest], to bridge: Bridge) throws -> [Reply] {
        throw Self.nothing
    }
    func effects(
        on bridge: Bridge, expecting expected: Int, of requests: () throws -> [Reply]
    ) throws -> Effects { throw Self.nothing }
    func addKey() throws -> [UInt8] { throw Self.nothing }
    func withdrawKey(_ key: [UInt8]) throws { throw Self.nothing }
    func keyFetches() throws -> Int { throw Self.nothing }
    func measured(memoryAtLeast atLeast: Int64?, lessThan: Int64?) {}
    func time(_ question: TimedQuestion) throws -> TimingResult { throw Self.nothing }
}
