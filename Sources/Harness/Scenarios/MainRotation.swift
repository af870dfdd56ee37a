internal import Catalogue
internal import Platform
internal import ReportModel
internal import Transport

/// The two consecutive replacements of the target's secret, done once in a run. Callers wait for it.
final class MainRotation: Sendable {
    private struct State {
        var record: RotationRecord?
        var obstacle: Obstacle?
        var replacements = 0
        var hasReplaced = false
        var isOver = false
    }

    private let state = Monitor(State())

    /// The time between the two replacements, in seconds: more than the uncertainty of the clocks.
    private static let spacing = 10.0

    /// Replaces the secret twice and watches; call it once, on a separate thread.
    /// - Parameter waits: whether to watch until the grace period ends.
    func run(_ session: LiveSession, _ coordinator: ScenarioCoordinator, waits: Bool) {
        var watch = RotationWatch(session: session, bridge: session.main)
        do {
            let rotator = Rotator(environment: session.environment)
            try coordinator.inTurn { try watch.replaceOnce(rotator.replace) }
            try session.pause(seconds: Self.spacing)
            try coordinator.inTurn { try watch.replaceOnce(rotator.replace) }
            state.change { state in
                state.record = watch.record
                state.hasReplaced = true
            }
            if waits { try watch.watch { record in state.change { $0.record = record } } }
        } catch {
            let obstacle = error as? Obstacle ?? Obstacle("\(error)")
            state.change { $0.obstacle = obstacle }
        }
        state.change { state in
            state.replacements = watch.replacements
            state.hasReplaced = true
            state.isOver = true
        }
    }

    /// Records that nothing will be replaced in this run.
    func isNotComing() {
        state.change {
            $0 = State(obstacle: .skip(.notGiven(.rotation)), hasReplaced: true, isOver: true)
        }
    }

    /// Waits until no secret will be replaced any more, so that a signature made now stays valid.
    func waitUntilReplaced() { state.wait { $0.hasReplaced } }

    /// Returns what was observed.
    /// - Parameter isOver: whether to wait until the grace period ends.
    func record(isOver: Bool) throws(Obstacle) -> RotationRecord {
        state.wait { isOver ? $0.isOver : $0.hasReplaced }
        let (record, obstacle) = state.change { ($0.record, $0.obstacle) }
        if let obstacle { throw obstacle }
        guard let record else { throw Obstacle("the secret was not replaced") }
        return record
    }

    /// How often the secret was replaced, whatever happened afterwards; final once the rotation is over.
    var replacements: Int { state.change { $0.replacements } }

    /// What is known so far.
    var known: RotationRecord? { state.change { $0.record } }
}
