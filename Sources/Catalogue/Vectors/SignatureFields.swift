internal import Bytes
internal import ReportModel

/// The forgiving reading of a `key=value` signature header: what stands there, whether or not the whole is well formed.
enum SignatureFields {
    /// Gives the value of each element with a key, blanks around elements ignored.
    static func values(of key: String, in header: [UInt8], separator: String) -> [[UInt8]] {
        let prefix = Array(key.utf8) + [UInt8(ascii: "=")]
        return ASCII.split(header, separator: separator.utf8.first ?? UInt8(ascii: ","))
            .map { ASCII.trimmed($0) }
            .filter { $0.starts(with: prefix) }
            .map { Array($0.dropFirst(prefix.count)) }
    }
}
