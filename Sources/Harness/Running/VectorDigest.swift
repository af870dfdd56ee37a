internal import Bytes
internal import Catalogue
internal import Cryptography
internal import Platform
internal import ReportModel
internal import Schemes
internal import Synchronization
internal import Transport

/// The digest of a scheme's vector file, computed concurrently because it can take longer than the first hundred cases.
final class VectorDigest: Sendable {
    private let scheme: Scheme
    private let thread: WorkerThread?
    private let result: Result

    private final class Result: Sendable {
        let text = Mutex<String?>(nil)
    }

    init(of scheme: Scheme) {
        let result = Result()
        self.scheme = scheme
        self.result = result
        thread = WorkerThread { result.text.withLock { $0 = Self.digest(scheme) } }
    }

    /// The digest, `sha256:` and hexadecimal, as `sha256sum vectors/<scheme>.json` prints it. Read it once.
    var text: String {
        thread?.join()
        return result.text.withLock { $0 } ?? Self.digest(scheme)
    }

    /// The digests of the last few schemes: a process may run one many times.
    private static let known = Mutex<[(scheme: Scheme, text: String)]>([])

    private static func digest(_ scheme: Scheme) -> String {
        if let entry = known.withLock({ $0.first { $0.scheme === scheme } }) { return entry.text }
        let text = "sha256:" + Hex.string(HashFunction.sha256.digest(VectorFile.bytes(of: scheme)))
        known.withLock { $0 = [(scheme, text)] + $0.prefix(15) }
        return text
    }
}
