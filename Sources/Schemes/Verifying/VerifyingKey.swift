internal import Bytes
internal import Cryptography
internal import Synchronization

/// One key of a scheme's algorithm, prepared once for all requests.
enum VerifyingKey: Sendable {
    /// The key of a code that both sides compute.
    case code(SharedHMAC)
    /// The public half of an Ed25519 key.
    case ed25519(publicKey: [UInt8])
    /// The public half of an RSA key.
    case rs256(RSAPublicKey)
    /// Bytes that are not a key of the algorithm: nothing verifies.
    case none

    init(_ key: [UInt8], _ algorithm: SignatureAlgorithm) {
        do throws(OpenSSLError) {
            self =
                switch algorithm {
                case .hmac(let hash): .code(SharedHMAC(hash, key: key))
                case .ed25519: .ed25519(publicKey: try Ed25519.publicKey(seed: key))
                case .rs256: .rs256(try RSAPrivateKey.kept(der: key).publicKey)
                }
        } catch {
            self = .none
        }
    }
}

/// An HMAC context that threads share. A thread that finds it in use creates its own.
final class SharedHMAC: Sendable {
    private let hash: HashFunction
    private let key: [UInt8]
    private let context: Mutex<HMAC>

    init(_ hash: HashFunction, key: [UInt8]) {
        self.hash = hash
        self.key = key
        context = Mutex(HMAC(hash, key: key))
    }

    /// Calls a closure with exclusive use of a context.
    func use(_ body: (HMAC) -> Bool) -> Bool {
        context.withLockIfAvailable { body($0) } ?? body(HMAC(hash, key: key))
    }
}
