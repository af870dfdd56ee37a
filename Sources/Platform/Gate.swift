/// Admits many callers together or one alone, in order of arrival: no caller waits for a later one.
package final class Gate: Sendable {
    private struct State {
        var together = 0
        var isAlone = false
        /// The queue numbers of the next arrival and of the next admission.
        var last = 0
        var first = 0
    }

    private let monitor = Monitor(State())

    /// Creates an open gate.
    package init() {}

    /// Passes together with callers that need not be alone.
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

    /// Waits until no other caller is inside, and keeps all others out until `leaveAlone`.
    package func enterAlone() { enter({ !$0.isAlone && $0.together == 0 }, do: { $0.isAlone = true }) }

    /// Lets the others in again.
    package func leaveAlone() { monitor.change { $0.isAlone = false } }

    /// The number of waiting callers.
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
