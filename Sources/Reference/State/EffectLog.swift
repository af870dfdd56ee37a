internal import Cryptography
internal import Synchronization

/// The effects of accepted requests: one message for each event.
///
/// Everything in it is bounded: the events by `capacity`, their ids by a digest, the latest effects by a ring.
package final class EffectLog: Sendable {
    /// The identity of a delivery: two bridges may see the same id (F07).
    struct Event: Sendable, Hashable {
        /// The longest id that is kept as it is; longer ones are kept as a digest.
        static let longest = 64

        /// The path of its bridge.
        let bridge: [UInt8]
        /// Its scheme.
        let scheme: String
        /// Its id, byte for byte: ids that only look alike are different (F17).
        let id: [UInt8]

        /// Creates an identity.
        init(bridge: [UInt8], scheme: String, id: [UInt8]) {
            self.bridge = bridge
            self.scheme = scheme
            self.id = id.count > Self.longest ? Array("sha256:".utf8) + HashFunction.sha256.digest(id) : id
        }

        /// Hashes all bytes at once: an array hashes one after the other.
        func hash(into hasher: inout Hasher) { id.withUnsafeBytes { hasher.combine(bytes: $0) } }
    }

    /// The outcome of a delivery.
    struct Receipt: Sendable, Equatable {
        /// The message's id, such as `msg_000001`; a repeated event has the id of the first.
        let messageID: String
        /// Whether the event was known and so had no effect.
        let isRepetition: Bool
    }

    /// How often something happened.
    package struct Tally: Sendable, Hashable {
        /// The messages created.
        package fileprivate(set) var effects = 0
        /// The accepted requests that repeated an event and so had no effect.
        package fileprivate(set) var repetitions = 0
    }

    private struct State {
        var total = Tally()
        var tallies: [[UInt8]: Tally] = [:]
        var messages: [Event: (id: String, until: Int64)] = [:]
        /// In the order in which they are forgotten, the first of them at `oldest`.
        var order: [(event: Event, until: Int64)] = []
        var oldest = 0
        var recent = RecentEffects()
    }

    /// The most paths that are counted separately; any others count only towards the total.
    private static let paths = 4096

    private let capacity: Int
    private let state = Mutex(State())

    /// Creates an empty log.
    ///
    /// - Parameter capacity: the most events that are remembered; the oldest is forgotten first.
    package init(capacity: Int = 100_000) { self.capacity = max(1, capacity) }

    /// How many messages were created.
    package var effects: Int { state.withLock { $0.total.effects } }

    /// How many accepted requests repeated an event and so had no effect.
    package var repetitions: Int { state.withLock { $0.total.repetitions } }

    /// Returns the counts of one path, or of all.
    package func tally(at path: [UInt8]? = nil) -> Tally {
        state.withLock { state in
            guard let path else { return state.total }
            return state.tallies[path] ?? Tally()
        }
    }

    /// Returns the ids of the latest effects in order, at one path or all; the id is empty for a delivery without one.
    package func recentIDs(at path: [UInt8]? = nil) -> [[UInt8]] { state.withLock { $0.recent.ids(at: path) } }

    /// How many events are remembered.
    var remembered: Int { state.withLock { $0.messages.count } }

    /// How many entries the bookkeeping uses.
    var held: (order: Int, tallies: Int) { state.withLock { ($0.order.count, $0.tallies.count) } }

    /// Creates a message for a delivery unless its event has one; looks up and records atomically (F10).
    ///
    /// - Parameter capacity: fewer events to remember than the log was made for.
    func record(_ delivery: Delivery, capacity: Int? = nil) -> Receipt {
        state.withLock { state in
            Self.forget(&state, capacity: min(capacity ?? self.capacity, self.capacity), now: delivery.now)
            return Self.repeated(&state, delivery) ?? Self.added(&state, delivery)
        }
    }

    /// Whether the event of a delivery is known; records nothing.
    func repeated(_ delivery: Delivery) -> Receipt? { state.withLock { Self.repeated(&$0, delivery) } }

    /// Creates a message for a delivery whether or not its event is known.
    func added(_ delivery: Delivery) -> Receipt {
        state.withLock { state in
            Self.forget(&state, capacity: capacity, now: delivery.now)
            return Self.added(&state, delivery)
        }
    }

    private static func repeated(_ state: inout State, _ delivery: Delivery) -> Receipt? {
        guard let event = delivery.event, let message = state.messages[event], message.until >= delivery.now else {
            return nil
        }
        count(&state, delivery.bridge) { $0.repetitions += 1 }
        return Receipt(messageID: message.id, isRepetition: true)
    }

    private static func added(_ state: inout State, _ delivery: Delivery) -> Receipt {
        count(&state, delivery.bridge) { $0.effects += 1 }
        state.recent.append(delivery.id ?? [], at: delivery.bridge)
        let digits = String(state.total.effects)
        let message = "msg_" + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
        if let event = delivery.event, delivery.window > 0 {
            let (until, overflows) = delivery.now.addingReportingOverflow(delivery.window)
            state.messages[event] = (message, overflows ? .max : until)
            state.order.append((event, overflows ? .max : until))
        }
        return Receipt(messageID: message, isRepetition: false)
    }

    private static func count(_ state: inout State, _ path: [UInt8], _ add: (inout Tally) -> Void) {
        add(&state.total)
        guard state.tallies[path] != nil || state.tallies.count < paths else { return }
        add(&state.tallies[path, default: Tally()])
    }

    private static func forget(_ state: inout State, capacity: Int, now: Int64) {
        while state.oldest < state.order.count {
            let entry = state.order[state.oldest]
            guard entry.until < now || state.messages.count >= capacity else { break }
            // A shorter window may have ended before a longer one ahead of it, and its event been recorded again.
            if state.messages[entry.event]?.until == entry.until { state.messages[entry.event] = nil }
            state.oldest += 1
        }
        // Moving the rest down only when half is gone keeps the cost of each request constant on average.
        guard state.oldest > 1024, state.oldest * 2 > state.order.count else { return }
        state.order.removeFirst(state.oldest)
        state.oldest = 0
    }
}
