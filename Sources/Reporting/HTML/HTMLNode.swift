internal import Bytes
internal import ReportModel

/// A piece of an HTML page. Whatever comes from outside is text or the value of an attribute, and is escaped when it is
/// written; names of elements and attributes are part of this program, so nothing from outside can be markup.
package enum HTMLNode: Sendable, ExpressibleByStringInterpolation {
    /// Text, escaped when it is written.
    case text(String)
    /// Text whose newlines are kept, escaped when it is written.
    case lines(String)
    /// Several pieces in a row.
    case group([HTMLNode])
    /// An element with its attributes and content.
    indirect case element(StaticString, [Attribute], [HTMLNode])
    /// A style sheet, which is part of this program.
    case style(StaticString)
    /// A script, which is part of this program.
    case script(StaticString)

    /// A name with its value.
    package struct Attribute: Sendable {
        package let name: StaticString
        package let value: String

        package init(_ name: StaticString, _ value: String) {
            self.name = name
            self.value = value
        }

        /// A link to another place on the page. There is no other kind, because a URL from outside could run a script.
        package static func link(to id: String) -> Attribute { Attribute("href", "#\(id)") }
    }

    package init(stringLiteral text: String) { self = .text(text) }

    /// An element in short.
    package static func element(
        _ name: StaticString, class classes: StaticString? = nil, _ attributes: [Attribute] = [], _ nodes: HTMLNode...
    ) -> HTMLNode { element(name, class: classes, attributes, of: nodes) }

    /// An element whose content is made elsewhere.
    package static func element(
        _ name: StaticString, class classes: StaticString? = nil, _ attributes: [Attribute] = [], of nodes: [HTMLNode]
    ) -> HTMLNode { .element(name, (classes.map { [Attribute("class", "\($0)")] } ?? []) + attributes, nodes) }
}

extension HTMLNode {
    /// Elements that have no content and no end tag (HTML, 13.1.2).
    private static let void: Set<String> = ["meta", "br", "hr", "wbr", "input"]
    /// Elements that are followed by a newline, so that two versions of a page can be compared.
    private static let lines: Set<String> = [
        "html", "head", "meta", "title", "style", "body", "header", "main", "section", "h1", "h2", "h3", "p", "ul",
        "li", "table", "caption", "footer", "svg", "thead", "tbody", "tr", "details", "summary", "div", "dl", "dd",
    ]

    /// The style sheets in the piece, as they are written.
    var styles: [String] {
        switch self {
        case .style(let rules): ["\n\(rules)\n"]
        case .element(_, _, let nodes), .group(let nodes): nodes.flatMap(\.styles)
        case .text, .lines, .script: []
        }
    }

    /// Writes the piece.
    package func write(to out: inout String) {
        switch self {
        case .text(let text): Self.escape(text, to: &out)
        case .lines(let text):
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                if number > 0 { out += "\n" }
                Self.escape(String(line), to: &out)
            }
        case .group(let nodes): for node in nodes { node.write(to: &out) }
        case .style(let rules): out += "<style>\n\(rules)\n</style>\n"
        case .script(let code): out += "<script>\n\(code)\n</script>\n"
        case .element(let name, let attributes, let nodes):
            let name = "\(name)"
            out += "<\(name)"
            for attribute in attributes {
                out += " \(attribute.name)=\""
                Self.escape(attribute.value, to: &out)
                out += "\""
            }
            out += ">"
            if !Self.void.contains(name) {
                for node in nodes { node.write(to: &out) }
                out += "</\(name)>"
            }
            if Self.lines.contains(name) { out += "\n" }
        }
    }

    /// Writes text, escaped for use both between tags and in quoted attribute values.
    private static func escape(_ text: String, to out: inout String) {
        // Nearly all text is plain, and is copied in one piece.
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && !"&<>\"'".utf8.contains($0) }) { return out += text }
        for scalar in printable(text).unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(scalar)
            }
        }
    }
}
