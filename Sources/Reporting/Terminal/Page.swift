internal import Bytes
internal import ReportModel

/// Lines of text for a terminal. All text is made printable here, so no writer can forget to.
struct Page {
    let style: Style
    private(set) var text = ""

    init(style: Style) { self.style = style }

    /// Adds an empty line between two parts, never two in a row.
    mutating func separate() {
        if !text.hasSuffix("\n\n") { text += "\n" }
    }

    /// Adds a line, with a text at its right edge, or below it if there is no room.
    mutating func line(_ spans: [Span], right: Span? = nil) {
        let spans = spans.map { Span(printable($0.text), $0.ink) }
        text += spans.map(inked).joined()
        guard let right = right.map({ Span(printable($0.text), $0.ink) }) else { return text += "\n" }
        let used = spans.reduce(0) { $0 + $1.text.count }
        let room = style.width - used - right.text.count
        text += room >= 2 ? String(repeating: " ", count: room) + inked(right) + "\n" : "\n"
        if room < 2 { field(Span(""), right, margin: 6, column: 6) }
    }

    /// Adds a label with a text beside it, wrapped in its own column.
    ///
    /// - Parameters:
    /// - margin: the number of spaces before the label.
    ///   - column: where the text begins.
    mutating func field(_ label: Span, _ body: Span, margin: Int = 6, column: Int = 14) {
        let lines = wrapped(body.text, column)
        write(lines.map { Span($0, body.ink) }, label, margin, column)
    }

    /// Adds a label with items beside it; an item that fits on a line is not broken.
    mutating func items(_ label: Span, _ items: [String], ink: Ink = .plain, margin: Int = 0, column: Int = 0) {
        let text = items.map { $0.replacing(" ", with: "\u{A0}") }.joined(separator: " · ")
        let lines = wrapped(text, column)
        write(lines.map { Span($0.replacing("\u{A0}", with: " "), ink) }, label, margin, column)
    }

    /// Adds a label with literal lines beside it, each shortened in the middle to fit.
    mutating func excerpt(_ label: String, _ lines: [String], margin: Int = 6, column: Int = 14) {
        let room = style.width - column
        let spans = lines.map { Span(TextWrapping.shortened(printable($0), to: room)) }
        write(spans, Span(label, .quiet), margin, column)
    }

    /// Adds a literal text in full, its lines broken where necessary.
    mutating func verbatim(_ label: String, _ body: String, margin: Int = 6, column: Int = 14) {
        var lines = body.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
            TextWrapping.pieces(printable(String($0)), width: style.width - column)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        write(lines.map { Span($0) }, Span(label, .quiet), margin, column)
    }

    private func wrapped(_ text: String, _ column: Int) -> [String] {
        let text = printable(text)
        return text.isEmpty ? [] : TextWrapping.lines(text, width: style.width - column, cutsWords: true)
    }

    private mutating func write(_ lines: [Span], _ label: Span, _ margin: Int, _ column: Int) {
        for (index, line) in lines.enumerated() {
            let label = index == 0 ? Span(printable(label.text), label.ink) : Span("")
            let gap = max(label.text.isEmpty ? 0 : 1, column - margin - label.text.count)
            let start = String(repeating: " ", count: margin) + inked(label)
            text += line.text.isEmpty && label.text.isEmpty ? "" : start
            text += line.text.isEmpty ? "\n" : String(repeating: " ", count: gap) + inked(line) + "\n"
        }
    }

    private func inked(_ span: Span) -> String {
        guard style.color, span.ink != .plain, !span.text.isEmpty else { return span.text }
        return "\u{1B}[\(span.ink.rawValue)m\(span.text)\u{1B}[0m"
    }
}
