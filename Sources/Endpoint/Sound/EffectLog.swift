internal import Synchronization

/// What the endpoint did with accepted requests: a message each, once for each event.
public final class EffectLog: Sendable {
    /// The identity of a delivery.
    public struct Event: Sendable, Hashable {
        /// The scheme it came by.
        public let scheme: String
        /// Its id, byte for byte: ids that only look alike are two (F17).
        public let id: [UInt8]

        /// Creates an identity.
        public init(scheme: String, id: [UInt8]) {
            self.scheme = scheme
            self.id = id
        }
    }

    private struct State {
        var effects = 0
        var repetitions = 0
        var messages: [Event: String] = [:]
        /// In the order in which they are forgotten, the first of them at `oldest`.
        var order: [(event: Event, until: Int64)] = []
        var oldest = 0
    }

    /// How long a delivery is remembered where the document does not say: as long as its timestamp can stay good (F08).
    private static let usualWindow = 600

    private let capacity: Int
    private let state = Mutex(State())

    /// Creates an empty log.
    ///
    /// - Parameter capacity: the most events that are remembered; the oldest is forgotten first.
    public init(capacity: Int = 100_000) { self.capacity = max(1, capacity) }

    /// How many messages were made.
    public var effects: Int { state.withLock { $0.effects } }

    /// How many accepted requests repeated an event, and so had no effect.
    public var repetitions: Int { state.withLock { $0.repetitions } }

    /// Makes a message for an event, unless it has one.
    ///
    /// - Parameters:
    ///   - event: the event, or `nil` when it has no identity and is never recognised.
    ///   - window: how long it is remembered, in seconds.
    ///   - now: Unix seconds.
    /// - Returns: the message's id, such as `msg_000001`; a repeated event has the id of the first.
    func record(_ event: Event?, window: Int?, now: Int64) -> String {
        state.withLock { state in
            Self.forget(&state, capacity: capacity, now: now)
            if let event, let message = state.messages[event] {
                state.repetitions += 1
                return message
            }
            state.effects += 1
            let digits = String(state.effects)
            let message = "msg_" + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
            if let event {
                state.messages[event] = message
                state.order.append((event, now + Int64(window ?? Self.usualWindow)))
            }
            return message
        }
    }

    private static func forget(_ state: inout State, capacity: Int, now: Int64) {
        while state.oldest < state.order.count {
            let entry = state.order[state.oldest]
            guard entry.until < now || state.messages.count >= capacity else { break }
            state.messages[entry.event] = nil
            state.oldest += 1
        }
        // Moving the rest down only when half is gone keeps the cost of each request constant on average.
        guard state.oldest > 1024, state.oldest * 2 > state.order.count else { return }
        state.order.removeFirst(state.oldest)
        state.oldest = 0
    }
}
