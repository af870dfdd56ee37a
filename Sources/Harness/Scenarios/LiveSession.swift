internal import Bytes
internal import Catalogue
internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Synchronization
internal import Transport

/// The session of one scenario over the live target.
final class LiveSession: ScenarioSession {
    let scheme: Scheme
    let main: Bridge

    let name: String
    let environment: RunEnvironment
    let coordinator: ScenarioCoordinator

    /// What is known of each bridge other than the main one.
    private var bridges: [Bridge: BridgeAccess] = [:]

    /// The first accepted request, and the last request of all.
    private(set) var control: Exchanger.Sent?
    private(set) var last: Exchanger.Sent?
    /// The steps taken, one line each.
    private(set) var steps: [String] = []
    /// The last step, if it was a request: its text, its id, its line, and how many similar ones followed.
    private var similar: (text: String, id: [UInt8], first: String, more: Int)?
    /// The ids of the requests sent since effects have been counted.
    private var sentIDs: Set<[UInt8]> = []
    /// Whether an observer counted effects.
    private(set) var hasCounted = false

    /// How many outages there were before it began.
    let outagesBefore: Int

    private let start: UInt64
    private static let mostSteps = 60
    /// Who sends, should the target end of it.
    private let origin: Outages.Suspect.Origin
    private let thread: Int

    /// - Parameters:
    ///   - name: what is being done, to show while it is awaited.
    ///   - place: the place of its case in the plan; `nil` when it belongs to several.
    init(_ environment: RunEnvironment, _ coordinator: ScenarioCoordinator, name: String, place: Int? = nil) {
        self.name = name
        origin = place.map { .testCase($0) } ?? .nobody
        // Lanes have the numbers from 0, and what comes before the cases has -1.
        thread = -2 - (place ?? -1) - 1
        self.environment = environment
        self.coordinator = coordinator
        start = environment.clock.nanoseconds
        outagesBefore = environment.outages.count
        scheme = environment.configuration.scheme
        main = Bridge(name: "the target", path: environment.subject.path)
        if let second = environment.configuration.facilities.second {
            bridges[Self.secondName(second)] = BridgeAccess(subject: second.subject, secret: second.secret)
        }
    }

    // MARK: Bridges

    private static func secondName(_ second: SecondBridge) -> Bridge {
        Bridge(name: "the second bridge", path: second.subject.path)
    }

    func second() throws -> Bridge {
        guard let second = environment.configuration.facilities.second else {
            throw Obstacle.skip(.notGiven(.secondBridge))
        }
        let target = environment.subject
        if second.subject.authority == target.authority, second.subject.path == target.path {
            throw Obstacle("the second bridge is the target itself")
        }
        if second.secret.key == environment.secrets.signing.key {
            throw Obstacle("the second bridge has the target's secret")
        }
        return Self.secondName(second)
    }

    func bridge(_ name: String, path: String, secret: [UInt8]) throws -> Bridge {
        let bridge = Bridge(name: name, path: path)
        environment.redactor.hide(secret, as: "secret")
        do throws(SecretError) {
            let secret = try Secret(secret, rule: scheme.signature.secret)
            environment.redactor.hide(secret)
            bridges[bridge] = BridgeAccess(subject: environment.subject, secret: secret)
        } catch {
            throw Obstacle("the secret of \(name) does not decode: \(error.reason)")
        }
        return bridge
    }

    /// The secret that signs requests to a bridge.
    func secret(of bridge: Bridge) -> Secret { bridges[bridge]?.secret ?? environment.secrets.signing }

    /// Replaces that secret.
    func setSecret(of bridge: Bridge, to secret: Secret) {
        if bridges[bridge] == nil { environment.secrets.signing = secret } else { bridges[bridge]?.secret = secret }
    }

    private func subject(of bridge: Bridge) -> any Subject { bridges[bridge]?.subject ?? environment.subject }

    // MARK: Requests

    func draft(for bridge: Bridge) -> Draft { draft(for: bridge, secret: secret(of: bridge)) }

    /// Returns the draft of a valid request signed with a secret.
    func draft(for bridge: Bridge, secret: Secret) -> Draft {
        let authority = subject(of: bridge).authority
        return Draft(
            environment.deliveries.nextDistinct(secret: secret, authority: authority, path: bridge.path))
    }

    func send(_ request: SignedRequest, to bridge: Bridge) throws -> Reply {
        if let doubt = environment.signals.doubt { throw Obstacle(doubt) }
        var request = request
        let subject = subject(of: bridge)
        // A request of one bridge that is sent to another goes to that one's host.
        request.request.headers.set("Host", Array(subject.authority.utf8))
        let copy = request
        environment.outages.sends(Outages.Suspect(origin) { copy }, in: thread)
        // Over a new connection: a kept one that dies may make the client send twice.
        let sent = environment.exchanger(to: subject).send(request)
        environment.outages.got(sent, in: thread)
        if sent.isAccepted { environment.outages.survived(in: thread) }
        return try take(sent, to: bridge)
    }

    func sendControls(_ count: Int, to bridge: Bridge) throws {
        let exchanger = environment.exchanger(to: subject(of: bridge))
        for _ in 0..<count {
            let sent = exchanger.send(draft(for: bridge).signedRequest())
            guard sent.isAccepted else {
                let reply = try take(sent, to: bridge)
                throw Obstacle.control(
                    "one of many valid requests to \(bridge.name) was not accepted: \(reply.words)", reply,
                    isMain: bridge == main)
            }
        }
        note("\(count) valid requests to \(bridge.name), each accepted")
    }

    func sendAtOnce(_ requests: [SignedRequest], to bridge: Bridge) throws -> [Reply] {
        if let doubt = environment.signals.doubt { throw Obstacle(doubt) }
        let subject = subject(of: bridge)
        let sent = Mutex<[Exchanger.Sent]>([])
        let line = Monitor(0)
        let environment = environment
        let threads = requests.map { request in
            WorkerThread {
                let exchanger = environment.exchanger(to: subject)
                line.change { $0 += 1 }
                line.wait { $0 >= requests.count }
                let one = exchanger.send(request)
                sent.withLock { $0.append(one) }
            }
        }
        // The barrier must not wait for threads that could not be started.
        let missing = threads.count { $0 == nil }
        if missing > 0 { line.change { $0 += missing } }
        for thread in threads { thread?.join() }
        return try sent.withLock { $0 }.map { try take($0, to: bridge) }
    }

    private func take(_ sent: Exchanger.Sent, to bridge: Bridge) throws -> Reply {
        guard let observation = sent.observation else { throw Obstacle(.notReached(sent.summary)) }
        if sent.isLimited { throw Obstacle(.limited(sent.summary)) }
        let answer = sent.observed.answer
        let reply = Reply(
            observation, status: answer?.status, body: answer?.body ?? [],
            bodyIsWhole: answer?.bodyIsCut != true)
        if control == nil, reply.isAccepted { control = sent }
        last = sent
        sentIDs.insert(sent.request.eventID)
        note(sent.request.eventID, "to \(bridge.name): \(reply.words)")
        return reply
    }

    /// Records a request; requests in a row that differ only in their ids share one line.
    private func note(_ id: [UInt8], _ text: String) {
        if let similar, similar.text == text, similar.id != id, let line = steps.indices.last {
            self.similar = (text, id, similar.first, similar.more + 1)
            steps[line] = similar.first + " (and \(similar.more + 1) more)"
            return
        }
        note("request \(String(decoding: id, as: UTF8.self)) \(text)")
        if let line = steps.last { similar = (text, id, line, 0) }
    }

    /// Records a step with its time.
    func note(_ text: String) {
        similar = nil
        guard steps.count < Self.mostSteps, environment.configuration.keepsEvidence else { return }
        let tenths = (environment.clock.nanoseconds - start) / 100_000_000
        steps.append("\(tenths / 10).\(tenths % 10) s  \(environment.redactor.text(Array(text.utf8)))")
    }

    // MARK: Effects

    func effects(
        on bridge: Bridge, expecting expected: Int, of requests: () throws -> [Reply]
    ) throws -> Effects {
        let payload = environment.configuration.payload
        guard payload.hasEffect else {
            throw Obstacle.skip(.noEffect(payload: payload.id))
        }
        if let watch = coordinator.watch(of: bridge, isMain: bridge == main) {
            hasCounted = true
            let count = try environment.traffic.alone {
                try watch.effects {
                    let control = draft(for: bridge).signedRequest()
                    note("a valid request, whose effect must be seen before any other's is counted:")
                    try sendControl(control, to: bridge)
                    return [control.eventID]
                } of: {
                    sentIDs = []
                    note("what is counted:")
                    let isHopeful = try requests().contains(where: \.isAccepted)
                    // When everything was rejected, only unexpected effects are awaited.
                    return (sentIDs, expected: isHopeful ? expected : 0)
                }
            }
            note("effects: \(count)")
            return .exactly(count)
        }
        let accepted = try requests().filter(\.isAccepted)
        if let pointer = scheme.responses.documentedMessageID(in: scheme) {
            let ids = accepted.compactMap { $0.json?[pointer: pointer]?.string }
            if ids.count == accepted.count { return .exactly(Set(ids.map { Array($0.utf8) }).count) }
        }
        return .atMost(accepted.count { !$0.saysDuplicate })
    }

    // MARK: Time

    var now: Double { environment.clock.seconds }

    func wait(seconds: Int64) throws {
        coordinator.leaveTurn()
        defer { coordinator.enterTurn() }
        try awaiting(name, seconds: Double(seconds)) { try pause(seconds: Double(seconds)) }
    }

    /// Runs a closure that takes some time on the target's clock, and reports the wait as progress.
    func awaiting(_ what: String, seconds: Double, _ body: () throws -> Void) rethrows {
        environment.signals.awaits(what, until: Deadline(after: environment.clock.duration(of: seconds)))
        defer { environment.signals.arrived(what) }
        try body()
    }

    /// Lets time pass on the target's clock.
    func pause(seconds: Double) throws(Obstacle) {
        guard environment.pause(environment.clock.duration(of: seconds)) else {
            throw Obstacle(environment.signals.doubt ?? .interrupted)
        }
    }

    func rotation(isOver: Bool) throws -> RotationRecord {
        coordinator.leaveTurn()
        defer { coordinator.enterTurn() }
        return try coordinator.rotation.record(isOver: isOver)
    }

    func watchRotation(
        of bridge: Bridge, replace: () throws -> [UInt8], during: () throws -> Void
    ) throws -> RotationRecord {
        var watch = RotationWatch(session: self, bridge: bridge)
        try watch.replaceOnce(replace)
        try during()
        coordinator.leaveTurn()
        defer { coordinator.enterTurn() }
        try watch.watch { _ in }
        return watch.record
    }

    // MARK: Administration

    func administer(_ call: AdminCall) throws -> AdminAnswer {
        let answer = try coordinator.administer(call)
        note("admin call \(call.method) [bridges]\(call.path): status \(answer.status)")
        return answer
    }

    func undoAtEnd(_ what: String, by call: AdminCall) { coordinator.cleanup.add(what, call) }

    func measured(memoryAtLeast atLeast: Int64?, lessThan: Int64?) {
        coordinator.measured(Measurements.Memory(atLeast: atLeast, lessThan: lessThan))
    }
}

/// How a bridge is reached and what signs its requests.
struct BridgeAccess: Sendable {
    let subject: any Subject
    var secret: Secret
}

extension Responses {
    /// JSON pointer to the effect's id in the answer to an accepted request, if the document has one.
    func documentedMessageID(in scheme: Scheme) -> String? {
        guard !scheme.clauses(on: .acceptance).isEmpty else { return nil }
        return accepted.body?.members?.first { $0.value == "{message-id}" }.map { "/\($0.key)" }
    }
}
