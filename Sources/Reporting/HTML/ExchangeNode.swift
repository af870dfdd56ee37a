internal import Bytes
internal import ReportModel

/// A probe beside its control: requests with what differs marked, and their answers.
struct ExchangeNode {
    let control: RunRecord.Record?
    let probe: RunRecord.Record?

    /// The most bytes of a request that are shown in hexadecimal.
    private static let mostRows = 48

    var node: HTMLNode {
        guard let probe else { return control.map { Self.single($0, "Valid request") } ?? .text("") }
        guard let control else { return Self.single(probe, "Request") }
        let (ours, theirs) = (RecordedBytes(control.request), RecordedBytes(probe.request))
        let difference = ByteDifference(ours.bytes, theirs.bytes)
        let columns: HTMLNode = .element(
            "div", class: "pair", [],
            Self.column("Control: a valid request", ours, difference.first, control),
            Self.column("Probe", theirs, difference.second, probe))
        let legend: HTMLNode = .element(
            "p", class: "quiet", [], .element("mark", [], "Marked"),
            " is what differs between the two. Ids, times and what is made from them are new in each request.")
        return .element(
            "div", class: "exchange", [], legend, columns, Self.hex(ours, difference.first, theirs, difference.second))
    }

    private static func single(_ record: RunRecord.Record, _ title: String) -> HTMLNode {
        let request = RecordedBytes(record.request)
        return .element("div", class: "exchange", [], column(title, request, [], record), hex(nil, [], request, []))
    }

    private static func column(
        _ title: String, _ request: RecordedBytes, _ marks: [Range<Int>], _ record: RunRecord.Record
    ) -> HTMLNode {
        .element(
            "div", [], .element("h4", [], .text(title)), scrolling(title, marked(request, marks)),
            .element("h4", [], .text("Answer, after \(milliseconds(record.nanoseconds))")),
            scrolling("Answer", text(RecordedBytes(record.answer))))
    }

    private static func milliseconds(_ nanoseconds: UInt64) -> String {
        let hundredths = nanoseconds / 10_000
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) ms"
    }

    /// A block that can be scrolled with the keyboard too.
    static func scrolling(_ title: String, _ node: HTMLNode) -> HTMLNode {
        .element("pre", [.init("tabindex", "0"), .init("role", "group"), .init("aria-label", title)], node)
    }

    /// Text with its newlines; other control characters are escaped when it is written.
    static func lines(_ text: String) -> HTMLNode { .lines(text) }

    /// Bytes as text.
    static func text(_ recorded: RecordedBytes) -> HTMLNode { marked(recorded, []) }

    private static func marked(_ recorded: RecordedBytes, _ marks: [Range<Int>]) -> HTMLNode {
        var nodes = [HTMLNode]()
        var place = 0
        for mark in marks {
            nodes.append(plain(recorded.bytes[place..<mark.lowerBound]))
            nodes.append(.element("mark", [], plain(recorded.bytes[mark], showsEnds: true)))
            place = mark.upperBound
        }
        nodes.append(plain(recorded.bytes[place...]))
        if let rest = recorded.rest { nodes.append(.element("span", class: "quiet", [], .text("\u{20}\(rest)"))) }
        return .group(nodes)
    }

    /// Printable ASCII and newlines as they are, every other byte as `\xNN`. The head's line ends are not shown.
    private static func plain(_ bytes: ArraySlice<UInt8>, showsEnds: Bool = false) -> HTMLNode {
        var text = [UInt8]()
        for (place, byte) in zip(bytes.indices, bytes) {
            switch byte {
            case 0x0A, 0x20...0x7E: text.append(byte)
            case 0x0D where bytes.indices.contains(place + 1) && bytes[place + 1] == 0x0A: continue
            case 0x0D where place + 1 == bytes.endIndex && !showsEnds: continue
            default: text += Array("\\x".utf8) + Hex.encode([byte])
            }
        }
        return .lines(String(decoding: text, as: UTF8.self))
    }

    /// Sixteen bytes a row, of the rows around what differs, or from the start.
    private static func hex(
        _ control: RecordedBytes?, _ controlMarks: [Range<Int>], _ probe: RecordedBytes, _ marks: [Range<Int>]
    ) -> HTMLNode {
        var parts: [HTMLNode] = [.element("summary", [], "Bytes in hexadecimal")]
        if let control {
            parts.append(.element("h4", [], "Control"))
            parts.append(scrolling("Bytes of the control", dump(control.bytes, controlMarks)))
            parts.append(.element("h4", [], "Probe"))
        }
        parts.append(scrolling("Bytes of the request", dump(probe.bytes, marks)))
        return .element("details", class: "more", [], of: parts)
    }

    private static func dump(_ bytes: [UInt8], _ marks: [Range<Int>]) -> HTMLNode {
        let rows = (bytes.count + 15) / 16
        var wanted = Set<Int>()
        for mark in marks {
            let last = max(mark.lowerBound, mark.upperBound - 1) / 16
            for row in max(0, mark.lowerBound / 16 - 1)...min(max(0, rows - 1), last + 1) { wanted.insert(row) }
        }
        let chosen = marks.isEmpty ? Array(0..<rows) : wanted.sorted()
        var nodes = [HTMLNode]()
        var before = -1
        for row in chosen.prefix(mostRows) {
            if row != before + 1 { nodes.append(.lines("      …\n")) }
            nodes += line(bytes, row * 16, marks)
            before = row
        }
        if chosen.count > mostRows || (before >= 0 && before < rows - 1) { nodes.append(.lines("      …\n")) }
        return .group(nodes)
    }

    private static func line(_ bytes: [UInt8], _ start: Int, _ marks: [Range<Int>]) -> [HTMLNode] {
        let row = start..<min(start + 16, bytes.count)
        let offset = String(start, radix: 16)
        var nodes: [HTMLNode] = [.lines(String(repeating: "0", count: max(0, 4 - offset.count)) + offset + "  ")]
        for (isMarked, part) in pieces(row, marks) {
            let text = part.map { Hex.string([bytes[$0]]) }.joined(separator: " ")
            nodes.append(isMarked ? .element("mark", [], .text(text)) : .text(text))
            nodes.append(.lines(" "))
        }
        nodes.append(.lines(String(repeating: " ", count: 3 * (16 - row.count) + 1)))
        for (isMarked, part) in pieces(row, marks) {
            let text = String(
                decoding: part.map { (0x20...0x7E).contains(bytes[$0]) ? bytes[$0] : UInt8(ascii: ".") }, as: UTF8.self)
            nodes.append(isMarked ? .element("mark", [], .text(text)) : .text(text))
        }
        nodes.append(.lines("\n"))
        return nodes
    }

    /// A row in pieces that are marked or not.
    private static func pieces(_ row: Range<Int>, _ marks: [Range<Int>]) -> [(isMarked: Bool, part: Range<Int>)] {
        var pieces = [(isMarked: Bool, part: Range<Int>)]()
        var place = row.lowerBound
        for mark in marks where mark.overlaps(row) {
            let part = mark.clamped(to: row)
            if place < part.lowerBound { pieces.append((false, place..<part.lowerBound)) }
            pieces.append((true, part))
            place = part.upperBound
        }
        if place < row.upperBound { pieces.append((false, place..<row.upperBound)) }
        return pieces
    }
}
