internal import Catalogue
internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Synchronization
internal import Timing
internal import Transport

/// The state that the scenarios of a run share. One runs at a time while the others wait or let time pass.
final class ScenarioCoordinator: Sendable {
    let cleanup = Cleanup()
    let rotation = MainRotation()

    private let environment: RunEnvironment
    private let turn = Gate()
    private let mainWatch: EffectWatch?
    private let secondWatch: EffectWatch?
    private let memory = Mutex<Measurements.Memory?>(nil)
    private let comparisons = Mutex<[String: TimingResult]>([:])

    init(_ environment: RunEnvironment) {
        self.environment = environment
        let facilities = environment.configuration.facilities
        let watch = { (source: ObserverSource) in
            EffectWatch(
                source, facilities, environment.clock, until: environment.signals.stop,
                hasIDs: environment.configuration.scheme.eventID != nil)
        }
        mainWatch = facilities.observer.map(watch)
        secondWatch = facilities.second?.observer.map(watch)
    }

    // MARK: Turns

    func enterTurn() { turn.enterAlone() }
    func leaveTurn() { turn.leaveAlone() }
    func inTurn<Result>(_ body: () throws -> Result) rethrows -> Result { try turn.alone(body) }

    // MARK: What is shared

    /// Returns what counts effects on a bridge; `nil` when nothing does.
    func watch(of bridge: Bridge, isMain: Bool) -> EffectWatch? {
        if isMain { return mainWatch }
        return bridge.path == environment.configuration.facilities.second?.subject.path ? secondWatch : nil
    }

    /// Whether an observer only counts, so that nobody may deliver anything while a scenario counts its effects.
    var countsEveryone: Bool { [mainWatch, secondWatch].contains { $0?.countsEveryone == true } }

    func administer(_ call: AdminCall) throws(Obstacle) -> AdminAnswer {
        try administer(call, until: environment.endOfChange())
    }

    /// Removes what was created, within half a minute, even if the run was broken off.
    ///
    /// - Returns: what could not be removed, in words.
    func cleanUp() -> [String] {
        let stop = StopSignal(by: Deadline(after: .seconds(30)))
        return cleanup.run { try administer($0, until: stop) }
    }

    private func administer(_ call: AdminCall, until stop: StopSignal) throws(Obstacle) -> AdminAnswer {
        let facilities = environment.configuration.facilities
        guard let admin = facilities.admin else { throw .skip(.notGiven(.administration)) }
        let answer = try SideCall.send(
            to: "the admin interface", call.method, admin.channel, path: admin.channel.path + call.path,
            token: call.isAuthorized ? admin.token : nil,
            body: call.body, options: facilities.options, until: stop)
        if call.isAuthorized, answer.status == 401 || answer.status == 403 {
            throw Obstacle("the admin token was rejected: status \(answer.status)")
        }
        return AdminAnswer(status: answer.status, body: answer.body)
    }

    func measured(_ new: Measurements.Memory) { memory.withLock { $0 = new } }
    var measuredMemory: Measurements.Memory? { memory.withLock { $0 } }

    func measured(_ result: TimingResult, for id: String) { comparisons.withLock { $0[id] = result } }
    var measuredComparisons: [String: TimingResult] { comparisons.withLock { $0 } }
}
