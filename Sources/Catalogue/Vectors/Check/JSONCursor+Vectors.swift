internal import Bytes

// What only vector files hold.
extension JSONCursor {
    func hexadecimal() throws(JSONProblem) -> [UInt8] {
        guard let bytes = Hex.decode(try string.utf8) else { throw problem("expected hexadecimal digits") }
        return bytes
    }

    func base64() throws(JSONProblem) -> [UInt8] {
        guard let bytes = Base64.decode(try string.utf8) else { throw problem("expected Base64 with padding") }
        return bytes
    }

    /// Returns the bytes of a method, path, header name or value: printable ASCII as text, others in Base64.
    func text() throws(JSONProblem) -> [UInt8] {
        guard let text = value.string else { return try object(["base64"])["base64"].base64() }
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
            throw problem("expected printable ASCII; write other bytes as {\"base64\": …}")
        }
        return Array(text.utf8)
    }
}
