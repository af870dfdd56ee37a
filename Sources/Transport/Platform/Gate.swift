/// Lets many pass together or one alone; who waits to be alone goes before those who come later.
public final class Gate: Sendable {
    private struct State {
        var together = 0
        var isAlone = false
        var waiting = 0
    }

    private let monitor = Monitor(State())

    /// Creates an open gate.
    public init() {}

    /// Passes beside others that do not ask to be alone.
    public func together<Result>(_ body: () throws -> Result) rethrows -> Result {
        monitor.whenever({ !$0.isAlone && $0.waiting == 0 }, do: { $0.together += 1 })
        defer { monitor.change { $0.together -= 1 } }
        return try body()
    }

    /// Passes alone.
    public func alone<Result>(_ body: () throws -> Result) rethrows -> Result {
        enterAlone()
        defer { leaveAlone() }
        return try body()
    }

    /// Waits until nobody else is in, and keeps everybody out until `leaveAlone`.
    public func enterAlone() {
        monitor.change { $0.waiting += 1 }
        monitor.whenever({ !$0.isAlone && $0.together == 0 }) {
            $0.waiting -= 1
            $0.isAlone = true
        }
    }

    /// Lets the others in again.
    public func leaveAlone() { monitor.change { $0.isAlone = false } }
}
