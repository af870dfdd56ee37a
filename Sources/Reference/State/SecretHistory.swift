internal import Schemes

/// The secrets that a bridge has had, newest first.
/// It only records them; `GoodSecrets` or a flaw decides which are valid.
struct SecretHistory: Sendable {
    /// One secret and when it was the current one.
    struct Entry: Sendable {
        /// The secret.
        let secret: Secret
        /// When it became the current one, in Unix seconds; `nil` for an initial one.
        let since: Int64?
        /// When it was replaced; `nil` for a current one.
        var replaced: Int64?
    }

    /// The most secrets that are kept: no rule needs more, and endless rotation must not fill the memory.
    static let length = 8

    /// The secrets, newest first; there may be several initial ones, all of them current.
    private(set) var entries: [Entry]

    /// Creates the history of a bridge that was never rotated.
    init(_ secrets: [Secret]) { entries = secrets.map { Entry(secret: $0, since: nil) } }

    /// Whether no secret was ever replaced, so that nothing depends on the time.
    var isUntouched: Bool { entries.allSatisfy { $0.since == nil && $0.replaced == nil } }

    /// The secret to sign with.
    var current: Secret? { entries.first?.secret }

    /// Replaces the current secret.
    mutating func replace(with secret: Secret, now: Int64) {
        for place in entries.indices where entries[place].replaced == nil { entries[place].replaced = now }
        entries.insert(Entry(secret: secret, since: now), at: 0)
        if entries.count > Self.length { entries.removeLast(entries.count - Self.length) }
    }
}

/// Which secrets of a bridge are valid.
enum GoodSecrets {
    /// Returns the current one, and the previous one until its grace period ends.
    /// A second rotation drops the secret before the previous one at once, however recent it is: rotating twice is
    /// meant to get rid of it, and at most one old secret is valid (H04).
    static let sound: @Sendable (BridgeState, _ grace: Int64, _ now: Int64) -> [Secret] = { state, grace, now in
        let entries = state.secrets.entries
        guard entries.contains(where: { $0.replaced != nil }) else { return entries.map(\.secret) }
        let current = entries.filter { $0.replaced == nil }
        let previous = entries.first { $0.replaced != nil }.flatMap { isWithin(grace, $0, now) ? $0 : nil }
        return (current + [previous].compactMap(\.self)).map(\.secret)
    }

    /// Whether a secret was replaced no longer ago than this, including the last second.
    static func isWithin(_ grace: Int64, _ entry: SecretHistory.Entry, _ now: Int64) -> Bool {
        guard let replaced = entry.replaced else { return true }
        return now.subtractingReportingOverflow(replaced).partialValue <= grace
    }
}
