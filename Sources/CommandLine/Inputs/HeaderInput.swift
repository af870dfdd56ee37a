internal import Arguments
internal import Bytes
internal import Transport

extension ValueForm<HeaderField> {
    /// `Name: value`.
    static let headerField = ValueForm { text throws(InvalidValue) in
        let bytes = Array(text.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0 else {
            throw InvalidValue("Write it as 'Name: value'.")
        }
        return HeaderField(name: Array(bytes[..<colon]), value: ASCII.trimmed(bytes[(colon + 1)...]))
    }
}

extension ValueForm<String> {
    /// A text that a header can carry.
    static let headerText = ValueForm { text throws(InvalidValue) in
        guard !text.utf8.contains(where: ASCII.isControl) else {
            throw InvalidValue("Leave out line breaks and other control characters, which a header can't carry.")
        }
        return text
    }
}
