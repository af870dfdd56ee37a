/// Forms as text, `application/x-www-form-urlencoded`, read into objects and written from them.
package enum FormText {
    /// The media type.
    package static let mediaType = "application/x-www-form-urlencoded"

    /// Whether a content type is that of a form, whatever its parameters.
    package static func isNamed(by contentType: some Collection<UInt8>) -> Bool {
        let name = contentType.prefix { $0 != UInt8(ascii: ";") && $0 != 0x20 }
        return ASCII.equalsIgnoringCase(Array(name), mediaType.utf8)
    }

    /// Writes an object as a form with a field for each member: a text as it is, any other value as JSON.
    package static func write(_ value: JSON) -> [UInt8] {
        guard let members = value.members else { return escaped(value.serialized()) }
        let fields = members.map { member in
            escaped(Array(member.key.utf8)) + [UInt8(ascii: "=")]
                + escaped(member.value.string.map { Array($0.utf8) } ?? member.value.serialized())
        }
        return Array(fields.joined(separator: [UInt8(ascii: "&")]))
    }

    /// Reads a form as an object: a field that holds a JSON object or array becomes one, any other a text.
    ///
    /// - Returns: `nil` for what is no form.
    package static func read(_ text: [UInt8]) -> JSON? {
        var members = [JSON.Member]()
        for field in text.split(separator: UInt8(ascii: "&")) {
            guard let end = field.firstIndex(of: UInt8(ascii: "=")), let key = decoded(field[..<end]),
                let value = decoded(field[(end + 1)...])
            else { return nil }
            members.append(JSON.Member(String(decoding: key, as: UTF8.self), read(value: value)))
        }
        return members.isEmpty ? nil : .object(members)
    }

    private static func read(value: [UInt8]) -> JSON {
        let opening: [UInt8] = [UInt8(ascii: "{"), UInt8(ascii: "[")]
        if let first = value.first, opening.contains(first), let json = try? JSON.parse(value) { return json }
        return .string(String(decoding: value, as: UTF8.self))
    }

    /// Escapes a text for a form: spaces as plus signs, everything but letters, digits and `*-._` in percent form.
    package static func escaped(_ text: [UInt8]) -> [UInt8] {
        var out = [UInt8]()
        out.reserveCapacity(text.count)
        for byte in text {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"):
                out.append(byte)
            case 0x20: out.append(UInt8(ascii: "+"))
            default: out += [UInt8(ascii: "%")] + Hex.encode([byte]).map(ASCII.uppercased)
            }
        }
        return out
    }

    private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var out = [UInt8]()
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                out.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
                continue
            }
            guard rest.count >= 2, let value = Hex.decode(Array(rest.prefix(2))) else { return nil }
            out += value
            rest = rest.dropFirst(2)
        }
        return out
    }
}
