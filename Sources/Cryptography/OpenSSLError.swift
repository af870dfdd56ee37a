internal import COpenSSL

/// A call into OpenSSL that failed, with everything its error queue said.
package struct OpenSSLError: Error, Sendable, CustomStringConvertible {
    /// What was being done, in words.
    package let operation: String
    /// The queue's entries, oldest first.
    package let reasons: [String]

    /// Drains the calling thread's error queue.
    package init(operation: String) {
        var reasons = [String]()
        while true {
            let code = ERR_get_error()
            guard code != 0 else { break }
            var text = [CChar](repeating: 0, count: 256)
            ERR_error_string_n(code, &text, text.count)
            reasons.append(String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
        self.operation = operation
        self.reasons = reasons
    }

    /// The operation and its reasons in one line. No key is ever part of it.
    package var description: String {
        reasons.isEmpty ? "\(operation) failed" : "\(operation) failed: \(reasons.joined(separator: "; "))"
    }
}
