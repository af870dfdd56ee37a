internal import COpenSSL
internal import Synchronization

/// HMAC (RFC 2104) under one key, its context reused for message after message.
///
/// Not `Sendable`: the context is state. Make one for each thread.
package final class HMAC {
    private let context: OpaquePointer
    private let code: UnsafeMutableBufferPointer<UInt8>
    private let gathered = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 1)
    private var gatheredCount = 0

    /// Creates a context for a key.
    ///
    /// - Parameters:
    ///   - hash: the hash function.
    ///   - key: any bytes; an empty key is legal HMAC, which is what flaw A04 is about.
    package init(_ hash: HashFunction, key: [UInt8]) {
        code = .allocate(capacity: hash.digestLength)
        code.initialize(repeating: 0)
        // OpenSSL rejects a null key pointer, which an empty array may have, so one byte backs it.
        let backed = key.isEmpty ? [0] : key
        guard let context = EVP_MAC_CTX_new(Self.algorithm.raw) else { preconditionFailure("OpenSSL offers no HMAC") }
        self.context = context
        // A parameter holds pointers only: its name and its value must outlive the call that reads them, which a Swift
        // string given as an argument does not.
        var value = Array(hash.rawValue.utf8CString)
        let done = "digest".utf8CString.withUnsafeBufferPointer { name in
            value.withUnsafeMutableBufferPointer { value in
                var parameters = [
                    OSSL_PARAM_construct_utf8_string(name.baseAddress, value.baseAddress, 0),
                    OSSL_PARAM_construct_end(),
                ]
                return EVP_MAC_init(context, backed, key.count, &parameters)
            }
        }
        precondition(done == 1, "OpenSSL offers no HMAC with \(hash.rawValue)")
    }

    /// Fetched once and never freed: looking it up takes OpenSSL as long as a short message. It never changes, so threads
    /// may share it.
    private struct Algorithm: @unchecked Sendable { let raw: OpaquePointer? }
    private static let algorithm = Algorithm(raw: EVP_MAC_fetch(nil, "HMAC", nil))

    deinit {
        EVP_MAC_CTX_free(context)
        code.deallocate()
        gathered.deallocate()
    }

    /// Starts a message under the key and discards what was added before.
    package func start() {
        // A null key starts over under the key of the context (EVP_MAC_init(3)).
        check(EVP_MAC_init(context, nil, 0, nil))
        gatheredCount = 0
    }

    /// Adds bytes to the message.
    package func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes(add) }

    /// Adds bytes to the message.
    package func add(_ bytes: ArraySlice<UInt8>) { bytes.withUnsafeBytes(add) }

    /// Gathers short parts, because OpenSSL takes as long for one as for a block.
    private func add(_ bytes: UnsafeRawBufferPointer) {
        if gatheredCount + bytes.count > gathered.count { flush() }
        guard bytes.count <= gathered.count else {
            return check(EVP_MAC_update(context, bytes.baseAddress, bytes.count))
        }
        UnsafeMutableRawBufferPointer(rebasing: gathered[gatheredCount...]).copyMemory(from: bytes)
        gatheredCount += bytes.count
    }

    private func flush() {
        guard gatheredCount > 0 else { return }
        check(EVP_MAC_update(context, gathered.baseAddress, gatheredCount))
        gatheredCount = 0
    }

    /// Ends the message and keeps its code.
    package func end() {
        flush()
        var written = 0
        check(EVP_MAC_final(context, code.baseAddress, &written, code.count))
    }

    /// The code of the message that was ended.
    package var result: [UInt8] { withExtendedLifetime(self) { Array(code) } }

    /// Compares the code of the message that was ended, in constant time.
    package func isCode(_ bytes: UnsafeRawBufferPointer) -> Bool {
        withExtendedLifetime(self) {
            bytes.count == code.count && CRYPTO_memcmp(bytes.baseAddress, code.baseAddress, code.count) == 0
        }
    }

    /// Returns the authentication code of a message made of several parts, without joining them.
    package func code(of parts: [UInt8]...) -> [UInt8] {
        start()
        for part in parts { add(part) }
        end()
        return result
    }

    private func check(_ done: Int32) {
        // The context must outlive the calls that use it, which Swift does not see.
        withExtendedLifetime(self) { precondition(done == 1, "OpenSSL could not compute an HMAC") }
    }

    /// Returns the authentication code of one message.
    ///
    /// - Parameters:
    ///   - hash: the hash function.
    ///   - key: the key's bytes.
    ///   - message: the message's bytes.
    /// - Returns: `hash.digestLength` bytes.
    package static func code(_ hash: HashFunction, key: [UInt8], message: [UInt8]) -> [UInt8] {
        let idle = IdleContexts.shared
        let hmac = idle.take(hash, key) ?? HMAC(hash, key: key)
        defer { idle.put(hmac, hash, key) }
        return hmac.code(of: message)
    }
}

/// Contexts that nobody uses at the moment, by their keys: OpenSSL takes longer to make one than for a short message, but
/// not longer than a thread waits for another one. So nobody waits here: a context is made, or dropped, instead.
private final class IdleContexts: Sendable {
    static let shared = IdleContexts()

    private struct Key: Hashable {
        let hash: HashFunction
        let key: [UInt8]

        /// Hashes all bytes at once: an array hashes one after the other.
        func hash(into hasher: inout Hasher) { key.withUnsafeBytes { hasher.combine(bytes: $0) } }
    }

    /// In here, no thread uses it.
    private struct Context: @unchecked Sendable { let hmac: HMAC }

    /// The most keys that are kept. A full table is emptied.
    private static let limit = 64
    /// The most contexts of one key that are kept: as many as threads may use at once.
    private static let limitOfKey = 8

    private let contexts = Mutex<[Key: [Context]]>([:])

    /// Takes a context out; `nil` when there is none for the key, or another thread is in here.
    func take(_ hash: HashFunction, _ key: [UInt8]) -> HMAC? {
        let context = contexts.withLockIfAvailable { $0[Key(hash: hash, key: key)]?.popLast() }
        return context?.map(\.hmac)
    }

    /// Puts a context in, for the next message under its key.
    func put(_ hmac: HMAC, _ hash: HashFunction, _ key: [UInt8]) {
        let context = Context(hmac: hmac)
        contexts.withLockIfAvailable { contexts in
            let key = Key(hash: hash, key: key)
            if contexts.count >= Self.limit, contexts[key] == nil { contexts.removeAll() }
            if contexts[key, default: []].count < Self.limitOfKey { contexts[key, default: []].append(context) }
        }
    }
}
