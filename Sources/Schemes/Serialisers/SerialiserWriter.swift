internal import Bytes

extension Serialiser {
    /// The text between tokens.
    struct Spacing: Sendable, Hashable {
        /// Between elements and between members.
        let comma: String
        /// Between a key and its value.
        let colon: String
        /// One level of indentation, or `nil` when everything is on one line.
        var indent: String?

        static let compact = Spacing(comma: ",", colon: ":")
        static let spaced = Spacing(comma: ", ", colon: ": ")

        static func pretty(_ indent: String) -> Spacing { Spacing(comma: ",", colon: ": ", indent: indent) }
    }

    func write(_ value: JSON, to out: inout [UInt8], depth: Int) {
        switch value {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let text): out.append(contentsOf: (numbers?.text(of: text) ?? text).utf8)
        case .string(let text): strings.write(text, to: &out)
        case .array(let elements): writeArray(elements, to: &out, depth: depth)
        case .object(let members): writeObject(order.arranged(members), to: &out, depth: depth)
        }
    }

    private func writeObject(_ members: [JSON.Member], to out: inout [UInt8], depth: Int) {
        if listsLikeObjects, members.enumerated().allSatisfy({ String($0) == $1.key }) {
            return writeArray(members.map(\.value), to: &out, depth: depth)
        }
        writeItems(members, brackets: "{}", to: &out, depth: depth) { member, out in
            strings.write(member.key, to: &out)
            out.append(contentsOf: spacing.colon.utf8)
            write(member.value, to: &out, depth: depth + 1)
        }
    }

    private func writeArray(_ elements: [JSON], to out: inout [UInt8], depth: Int) {
        writeItems(elements, brackets: "[]", to: &out, depth: depth) { element, out in
            write(element, to: &out, depth: depth + 1)
        }
    }

    /// Writes the items between brackets; every serialiser modelled here closes an empty pair at once.
    private func writeItems<Item>(
        _ items: [Item], brackets: String, to out: inout [UInt8], depth: Int, write: (Item, inout [UInt8]) -> Void
    ) {
        out.append(contentsOf: brackets.utf8.prefix(1))
        for (index, item) in items.enumerated() {
            if index > 0 { out.append(contentsOf: spacing.comma.utf8) }
            breakLine(depth + 1, to: &out)
            write(item, &out)
        }
        if !items.isEmpty { breakLine(depth, to: &out) }
        out.append(contentsOf: brackets.utf8.suffix(1))
    }

    private func breakLine(_ depth: Int, to out: inout [UInt8]) {
        guard let indent = spacing.indent else { return }
        out.append(0x0A)
        for _ in 0..<depth { out.append(contentsOf: indent.utf8) }
    }
}
