internal import COpenSSL

/// HMAC (RFC 2104) under one key, its context reused for message after message.
///
/// Not `Sendable`: the context is state. Make one for each thread.
package final class HMAC {
    private let context: OpaquePointer
    private let length: Int

    /// Creates a context for a key.
    ///
    /// - Parameters:
    ///   - hash: the hash function.
    ///   - key: any bytes; an empty key is legal HMAC, which is what flaw A04 is about.
    package init(_ hash: HashFunction, key: [UInt8]) {
        length = hash.digestLength
        // OpenSSL refuses a null key pointer, which an empty array may give, so one byte backs it.
        let backed = key.isEmpty ? [0] : key
        guard let mac = EVP_MAC_fetch(nil, "HMAC", nil), let context = EVP_MAC_CTX_new(mac) else {
            preconditionFailure("OpenSSL offers no HMAC")
        }
        EVP_MAC_free(mac)
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

    deinit { EVP_MAC_CTX_free(context) }

    /// Gives the authentication code of a message made of several parts, without joining them.
    package func code(of parts: [UInt8]...) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: length)
        var written = 0
        // A null key starts over under the key of the context (EVP_MAC_init(3)).
        var done = EVP_MAC_init(context, nil, 0, nil)
        for part in parts where done == 1 { done = EVP_MAC_update(context, part, part.count) }
        // The context must outlive the calls that use it, which Swift does not see.
        if done == 1 { done = withExtendedLifetime(self) { EVP_MAC_final(context, &output, &written, length) } }
        precondition(done == 1 && written == length, "OpenSSL could not compute an HMAC")
        return output
    }

    /// Gives the authentication code of one message.
    ///
    /// - Parameters:
    ///   - hash: the hash function.
    ///   - key: the key's bytes.
    ///   - message: the message's bytes.
    /// - Returns: `hash.digestLength` bytes.
    package static func code(_ hash: HashFunction, key: [UInt8], message: [UInt8]) -> [UInt8] {
        HMAC(hash, key: key).code(of: message)
    }
}
