internal import Bytes
internal import Schemes

/// A body with the same meaning, written so that forms which look alike on one body differ on another.
package enum BodyVariant: Sendable, Hashable, CaseIterable {
    /// As every other request of the run is.
    case plain
    /// With white space that no serialiser writes: whatever parses the body and writes it again removes it.
    case loose
    /// With such white space, and a text that serialisers write differently.
    case rich

    /// Puts the body into a draft.
    ///
    /// - Returns: whether the draft's body can be written in this way.
    func apply(to draft: inout Draft) -> Bool {
        guard self != .plain else { return true }
        guard let json = try? JSON.parse(draft.body), json.members != nil else { return false }
        var value = json
        if self == .rich {
            let pointer = draft.context.payload.textPointer
            guard let text = value[pointer: pointer]?.string else { return false }
            value = value.replacing(pointer: pointer, with: .string(text + Self.text))
        }
        draft.body = Self.loosely(value.serialized())
        return true
    }

    /// Beyond ASCII, beyond the BMP, what some escape, and what Unicode composes.
    private static let text = " é/<&>'\u{2028}\u{1F600}e\u{301}"

    /// Adds white space after commas, colons and brackets that are no part of a string, and at the end.
    private static func loosely(_ compact: [UInt8]) -> [UInt8] {
        var out = [UInt8]()
        var (isInside, isEscaped) = (false, false)
        for byte in compact {
            out.append(byte)
            if isInside {
                if byte == UInt8(ascii: "\""), !isEscaped { isInside = false }
                isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            } else if byte == UInt8(ascii: "\"") {
                isInside = true
            } else if "{[,:".utf8.contains(byte) {
                out += [0x20, 0x20]
            }
        }
        return out + [0x20, 0x0A]
    }
}
