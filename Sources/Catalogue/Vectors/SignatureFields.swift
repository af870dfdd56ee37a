internal import Bytes
internal import ReportModel

/// A lenient reading of a `key=value` signature header, whether or not it is well-formed.
enum SignatureFields {
    /// Returns the value of each element with a key; whitespace around elements is ignored.
    static func values(of key: String, in header: [UInt8], separator: String) -> [[UInt8]] {
        let prefix = Array(key.utf8) + [UInt8(ascii: "=")]
        return ASCII.split(header, separator: separator.utf8.first ?? UInt8(ascii: ","))
            .map { ASCII.trimmed($0) }
            .filter { $0.starts(with: prefix) }
            .map { Array($0.dropFirst(prefix.count)) }
    }
}
