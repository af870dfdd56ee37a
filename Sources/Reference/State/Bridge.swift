internal import Bytes
internal import Schemes
internal import Synchronization

/// The mutable state of a bridge.
struct BridgeState: Sendable {
    /// Which way messages flow, from the endpoint's point of view.
    enum Direction: Sendable {
        /// Both ways.
        case both
        /// Only towards the endpoint.
        case incoming
        /// Only away from it, so that it accepts nothing.
        case outgoing
    }

    /// The secrets it has had.
    var secrets: SecretHistory
    /// Which way messages flow.
    var direction = Direction.both
    /// When it was paused or disabled, in Unix seconds; `nil` while it runs.
    private(set) var pausedAt: Int64?
    /// How long it was paused since its last rotation, in seconds, without a current pause.
    private(set) var pausedFor: Int64 = 0
    /// Whether it was deleted.
    var isDeleted = false

    /// Creates the state of a new bridge.
    init(_ secrets: [Secret], direction: Direction = .both) {
        self.secrets = SecretHistory(secrets)
        self.direction = direction
    }

    /// Whether it is neither paused nor disabled.
    var isRunning: Bool { pausedAt == nil }

    /// Replaces the secret.
    mutating func rotate(to secret: Secret, now: Int64) {
        secrets.replace(with: secret, now: now)
        pausedFor = 0
        if pausedAt != nil { pausedAt = now }
    }

    /// Pauses or resumes the bridge; repeating it changes nothing.
    mutating func setRunning(_ runs: Bool, now: Int64) {
        if runs, let since = pausedAt {
            pausedFor += max(0, now - since)
            pausedAt = nil
        } else if !runs, pausedAt == nil {
            pausedAt = now
        }
    }
}

/// One bridge: its paths, its secrets and its state.
final class Bridge: Sendable {
    /// Its id, in paths and in the administrative interfaces.
    let id: String
    /// The scheme that it uses.
    let scheme: Scheme
    /// What it was created with, in the order and under the names of its document, without secrets.
    let details: [JSON.Member]
    private let guarded: Mutex<BridgeState>

    /// Creates a bridge.
    init(id: String, scheme: Scheme, details: [JSON.Member] = [], state: BridgeState) {
        self.id = id
        self.scheme = scheme
        self.details = details
        guarded = Mutex(state)
    }

    /// Its state at this moment.
    var state: BridgeState { guarded.withLock { $0 } }

    /// Changes its state atomically.
    ///
    /// - Returns: the state afterwards.
    @discardableResult
    func change(_ edit: (inout BridgeState) -> Void) -> BridgeState {
        guarded.withLock { state in
            edit(&state)
            return state
        }
    }

    /// Whether it was created with this text under this name.
    func has(_ name: String, _ text: some Collection<UInt8>) -> Bool {
        details.contains { $0.key == name && $0.value.string?.utf8.elementsEqual(text) == true }
    }
}
