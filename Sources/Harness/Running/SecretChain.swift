internal import ReportModel
internal import Schemes
internal import Synchronization

/// The secret that signs the requests of a run. A rotation replaces it.
final class SecretChain: Sendable {
    private let secret: Mutex<Secret>

    init(_ secret: Secret) { self.secret = Mutex(secret) }

    /// The one that signs.
    var signing: Secret {
        get { secret.withLock { $0 } }
        set { secret.withLock { $0 = newValue } }
    }
}
