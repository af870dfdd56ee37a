extension JSON {
    /// How a value is laid out as text.
    package enum Layout: Sendable {
        /// No whitespace at all.
        case compact
        /// Two spaces per level, one member per line; an array of scalars stays on one line when it fits in 100
        /// columns.
        case pretty
    }

    /// Writes the value as UTF-8 text, members in their order, non-ASCII characters as they are.
    /// The same value always produces the same bytes. Pretty text ends with a newline.
    package func serialized(_ layout: Layout = .compact) -> [UInt8] {
        var out = [UInt8]()
        switch layout {
        case .compact: writeCompact(to: &out)
        case .pretty:
            writePretty(to: &out, indent: 0)
            out.append(0x0A)
        }
        return out
    }

    private func writeCompact(to out: inout [UInt8]) {
        switch self {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let text): out.append(contentsOf: text.utf8)
        case .string(let text): Self.writeString(text, to: &out)
        case .array(let elements):
            out.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                element.writeCompact(to: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let members):
            out.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                Self.writeString(member.key, to: &out)
                out.append(UInt8(ascii: ":"))
                member.value.writeCompact(to: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
    }

    private func writePretty(to out: inout [UInt8], indent: Int) {
        switch self {
        case .array(let elements) where !elements.isEmpty:
            if let line = Self.oneLine(elements, indent: indent) {
                out.append(contentsOf: line)
                return
            }
            Self.writeLines(elements, open: "[", close: "]", indent: indent, to: &out) { element, out in
                element.writePretty(to: &out, indent: indent + 1)
            }
        case .object(let members) where !members.isEmpty:
            Self.writeLines(members, open: "{", close: "}", indent: indent, to: &out) { member, out in
                Self.writeString(member.key, to: &out)
                out.append(contentsOf: ": ".utf8)
                member.value.writePretty(to: &out, indent: indent + 1)
            }
        default: writeCompact(to: &out)
        }
    }

    private static func writeLines<Item>(
        _ items: [Item], open: String, close: String, indent: Int, to out: inout [UInt8],
        write: (Item, inout [UInt8]) -> Void
    ) {
        out.append(contentsOf: open.utf8)
        for (index, item) in items.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            newLine(indent + 1, to: &out)
            write(item, &out)
        }
        newLine(indent, to: &out)
        out.append(contentsOf: close.utf8)
    }

    private static func newLine(_ indent: Int, to out: inout [UInt8]) {
        out.append(0x0A)
        out.append(contentsOf: repeatElement(0x20, count: indent * 2))
    }

    private static func oneLine(_ elements: [JSON], indent: Int) -> [UInt8]? {
        var out = [UInt8(ascii: "[")]
        for (index, element) in elements.enumerated() {
            if case .object = element { return nil }
            if case .array(let inner) = element, inner.contains(where: { $0.members != nil || $0.array != nil }) {
                return nil
            }
            if index > 0 { out.append(contentsOf: ", ".utf8) }
            element.writeCompact(to: &out)
            if out.count + indent * 2 > 100 { return nil }
        }
        out.append(UInt8(ascii: "]"))
        return out
    }

    private static func writeString(_ text: String, to out: inout [UInt8]) {
        var text = text
        out.append(UInt8(ascii: "\""))
        text.withUTF8 { bytes in
            var start = bytes.startIndex
            // Nearly all text needs no escape and is copied in one piece.
            for place in bytes.indices {
                guard let escape = escape(of: bytes[place]) else { continue }
                out.append(contentsOf: bytes[start..<place])
                out.append(contentsOf: escape)
                start = place + 1
            }
            out.append(contentsOf: bytes[start...])
        }
        out.append(UInt8(ascii: "\""))
    }

    private static func escape(of byte: UInt8) -> [UInt8]? {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
        case 0x08: Array("\\b".utf8)
        case 0x0C: Array("\\f".utf8)
        case 0x0A: Array("\\n".utf8)
        case 0x0D: Array("\\r".utf8)
        case 0x09: Array("\\t".utf8)
        case 0..<0x20, 0x7F: Array("\\u00".utf8) + Hex.encode([byte])
        default: nil
        }
    }
}
