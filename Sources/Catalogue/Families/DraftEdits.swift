internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

/// Edits that the recipes of several families share.
extension Draft {
    /// Appends to the payload's text, after the part that says that this is a test.
    mutating func say(_ text: String) {
        payload = payload.replacing(pointer: context.payload.textPointer, with: .string("\(context.text) \(text)"))
    }

    /// Replaces the payload's text.
    mutating func sayOnly(_ text: String) {
        payload = payload.replacing(pointer: context.payload.textPointer, with: .string(text))
    }

    /// Puts the content of a JSON string into the body verbatim, including escapes and odd bytes.
    mutating func sayExactly(_ content: [UInt8]) {
        let mark = "countersign-mark"
        say(mark)
        let text = body
        guard let place = ASCII.firstRange(of: Array(mark.utf8), in: text) else { return }
        body = Array(text[..<place.lowerBound]) + content + Array(text[place.upperBound...])
    }

    /// Adds a member that no document names next to the text.
    mutating func addMember(_ key: String, _ value: JSON) {
        let parent = context.payload.textPointer.utf8.reversed().drop { $0 != UInt8(ascii: "/") }.reversed()
        payload = payload.replacing(pointer: String(decoding: parent, as: UTF8.self) + key, with: value)
    }

    /// Sends the body that other edits produce, with the signature of the current body.
    mutating func sendBody(_ edit: (inout Draft) -> Void) {
        var other = self
        edit(&other)
        sendBody(other.body)
    }

    /// Sends other bytes with the signature of the current body.
    mutating func sendBody(_ bytes: [UInt8]) {
        onceSigned { $0.body = bytes }
    }

    /// Signs a value other than the body that is sent.
    mutating func signBody(as text: [UInt8]) { signed[.body] = text }

    /// Sends no signature.
    mutating func dropSignature() {
        onceSigned { $0.sendsSignature = false }
    }

    /// Sends a well-formed signature that belongs to another message.
    mutating func spoilSignature() {
        onceSigned { $0.signature = $0.signatureText(over: Array("another message".utf8)) }
    }

    /// Adds a header line.
    mutating func addHeader(_ name: String, _ value: String) {
        onTheWire { $0.headers.append(name, Array(value.utf8)) }
    }
}

/// Byte string replacement.
enum Rewriting {
    /// Replaces every occurrence of one byte string with another.
    static func replacing(_ old: String, with new: String, in bytes: [UInt8]) -> [UInt8] {
        var out = [UInt8]()
        var rest = bytes
        while let place = ASCII.firstRange(of: Array(old.utf8), in: rest) {
            out += rest[..<place.lowerBound]
            out += new.utf8
            rest = Array(rest[place.upperBound...])
        }
        return out + rest
    }
}
