/// Lets many pass together or one alone, in the order in which they came: nobody waits for those who came later.
package final class Gate: Sendable {
    private struct State {
        var together = 0
        var isAlone = false
        /// The place in the line of who comes next, and of who may go in next.
        var last = 0
        var first = 0
    }

    private let monitor = Monitor(State())

    /// Creates an open gate.
    package init() {}

    /// Passes beside others that do not ask to be alone.
    package func together<Result>(_ body: () throws -> Result) rethrows -> Result {
        enter({ !$0.isAlone }, do: { $0.together += 1 })
        defer { monitor.change { $0.together -= 1 } }
        return try body()
    }

    /// Passes alone.
    package func alone<Result>(_ body: () throws -> Result) rethrows -> Result {
        enterAlone()
        defer { leaveAlone() }
        return try body()
    }

    /// Waits until nobody else is in, and keeps everybody out until `leaveAlone`.
    package func enterAlone() { enter({ !$0.isAlone && $0.together == 0 }, do: { $0.isAlone = true }) }

    /// Lets the others in again.
    package func leaveAlone() { monitor.change { $0.isAlone = false } }

    /// How many stand in line.
    package var waiting: Int { monitor.change { $0.last - $0.first } }

    private func enter(_ isFree: (State) -> Bool, do change: (inout State) -> Void) {
        let place = monitor.change { state in
            state.last += 1
            return state.last - 1
        }
        monitor.whenever({ $0.first == place && isFree($0) }) { state in
            state.first += 1
            change(&state)
        }
    }
}
