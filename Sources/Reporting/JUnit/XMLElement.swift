internal import Bytes
internal import ReportModel

/// An XML element whose text holds only what XML 1.0 allows.
struct XMLElement {
    let name: String
    /// Names and values, in output order.
    let attributes: [(name: String, value: String)]
    /// Text before the children; newlines are kept.
    let text: String
    let children: [XMLElement]

    init(_ name: String, _ attributes: [(String, String)] = [], text: String = "", children: [XMLElement] = []) {
        self.name = name
        self.attributes = attributes.map { (name: $0.0, value: $0.1) }
        self.text = text
        self.children = children
    }

    /// The whole document in UTF-8.
    var document: [UInt8] {
        var out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        write(to: &out, indent: 0)
        return Array(out.utf8)
    }

    private func write(to out: inout String, indent: Int) {
        let margin = String(repeating: "  ", count: indent)
        out += "\(margin)<\(name)"
        for (name, value) in attributes { out += " \(name)=\"\(Self.escaped(printable(value)))\"" }
        guard !text.isEmpty || !children.isEmpty else { return out += "/>\n" }
        out += ">"
        out += Self.escaped(printableLines(text))
        if !children.isEmpty {
            out += "\n"
            for child in children { child.write(to: &out, indent: indent + 1) }
            out += margin
        }
        out += "</\(name)>\n"
    }

    /// `printable` has taken out what XML 1.0 forbids: control characters, U+FFFE and U+FFFF.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            // Not only in `]]>`, so that no reader has to know that rule.
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
