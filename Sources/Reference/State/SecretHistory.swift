internal import Schemes

/// The secrets that a bridge has had, the newest first.
///
/// It only remembers. Which of them are good is decided by `GoodSecrets`, or by a flaw.
struct SecretHistory: Sendable {
    /// One secret and when it was the current one.
    struct Entry: Sendable {
        /// The secret.
        let secret: Secret
        /// When it became the current one, in Unix seconds; `nil` when it was there from the start.
        let since: Int64?
        /// When another took its place; `nil` for a current one.
        var replaced: Int64?
    }

    /// The most secrets that are remembered: no rule needs more, and nobody who rotates for ever fills the memory.
    static let length = 8

    /// The secrets, the newest first; those given at the start may be several, and are all current.
    private(set) var entries: [Entry]

    /// Creates the history of a bridge that was never rotated.
    init(_ secrets: [Secret]) { entries = secrets.map { Entry(secret: $0, since: nil) } }

    /// Whether nothing was ever replaced, so that nothing depends on the time.
    var isUntouched: Bool { entries.allSatisfy { $0.since == nil && $0.replaced == nil } }

    /// The secret to sign with.
    var current: Secret? { entries.first?.secret }

    /// Puts a new secret in the place of the current one.
    mutating func replace(with secret: Secret, now: Int64) {
        for place in entries.indices where entries[place].replaced == nil { entries[place].replaced = now }
        entries.insert(Entry(secret: secret, since: now), at: 0)
        if entries.count > Self.length { entries.removeLast(entries.count - Self.length) }
    }
}

/// Which secrets of a bridge are good.
enum GoodSecrets {
    /// The current one, and the one before it until its grace is over.
    ///
    /// A second rotation drops the secret before the previous one at once, however young it is: who rotates twice means
    /// to be rid of it, and no more than one old secret is ever good (H04).
    static let sound: @Sendable (BridgeState, _ grace: Int64, _ now: Int64) -> [Secret] = { state, grace, now in
        let entries = state.secrets.entries
        let current = entries.filter { $0.replaced == nil }
        let previous = entries.first { $0.replaced != nil }.flatMap { isWithin(grace, $0, now) ? $0 : nil }
        return (current + [previous].compactMap(\.self)).map(\.secret)
    }

    /// Tells whether a secret was replaced no longer ago than this; the last second counts.
    static func isWithin(_ grace: Int64, _ entry: SecretHistory.Entry, _ now: Int64) -> Bool {
        guard let replaced = entry.replaced else { return true }
        return now.subtractingReportingOverflow(replaced).partialValue <= grace
    }
}
