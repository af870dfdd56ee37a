internal import Bytes
internal import ReportModel

/// A report as a badge for a README: a picture, and the JSON from which shields.io draws one.
enum BadgeReport {
    static func picture(of report: Report) -> [UInt8] {
        let (label, message) = ("countersign", words(of: report))
        let (left, right) = (width(of: label), width(of: message))
        let whole = left + right
        func text(_ text: String, at middle: Int, _ width: Int) -> XMLElement {
            XMLElement(
                "text",
                [("x", String(middle)), ("y", "14"), ("textLength", String(width - padding))], text: text)
        }
        let shapes = [
            XMLElement("title", text: "\(label): \(message)"),
            XMLElement("rect", [("width", String(left)), ("height", "20"), ("fill", "#3d444d")]),
            XMLElement(
                "rect",
                [("x", String(left)), ("width", String(right)), ("height", "20"), ("fill", color(of: report).hex)]),
            XMLElement(
                "g",
                [
                    ("fill", "#fff"), ("text-anchor", "middle"), ("font-family", "Verdana,DejaVu Sans,sans-serif"),
                    ("font-size", "11"),
                ],
                children: [text(label, at: left / 2, left), text(message, at: left + right / 2, right)]),
        ]
        return XMLElement(
            "svg",
            [
                ("xmlns", "http://www.w3.org/2000/svg"), ("width", String(whole)), ("height", "20"), ("role", "img"),
                ("aria-label", "\(label): \(message)"),
            ], children: shapes
        ).document
    }

    static func endpoint(of report: Report) -> [UInt8] {
        let badge: JSON = [
            "schemaVersion": 1, "label": "countersign", "message": .string(words(of: report)),
            "color": .string(color(of: report).name), "isError": .bool(report.grade == nil),
        ]
        return badge.serialized(.pretty)
    }

    /// The verdict in a few words. The name of the scheme comes from a file of the user's.
    private static func words(of report: Report) -> String {
        let scheme = printable(String(report.run.scheme.prefix(40)))
        let failed = report.summary.failed
        let verdict =
            switch report.exit {
            case .success: report.grade.map { "grade \($0.rawValue)" } ?? "conformant"
            case .failure where failed > 0: (report.grade.map { "grade \($0.rawValue), " } ?? "") + "\(failed) failed"
            default: report.meaning
            }
        return "\(scheme) \(verdict)"
    }

    /// Chosen so that white text has a contrast of at least 4.5 on each.
    private static func color(of report: Report) -> (name: String, hex: String) {
        switch (report.exit, report.grade) {
        case (.success, .b), (.success, nil): ("green", "#4f7a0c")
        case (.success, _): ("brightgreen", "#1a7f37")
        case (.failure, .c), (.failure, .d): ("orange", "#b04a00")
        case (.failure, _): ("red", "#c1121f")
        default: ("lightgrey", "#656d76")
        }
    }

    private static let padding = 12

    /// About the width of a text in Verdana at 11 pixels; `textLength` makes it exact.
    private static func width(of text: String) -> Int { Int(Double(text.count) * 6.8) + padding }
}

extension ReportFormat {
    /// A picture for a README.
    static let badge = ReportFormat("badge", title: "a badge in SVG", fileName: "badge.svg") { report, _ in
        BadgeReport.picture(of: report)
    }

    /// For a badge that shields.io draws.
    static let shields = ReportFormat(
        "shields", title: "JSON from which shields.io draws a badge", fileName: "badge.json"
    ) { report, _ in BadgeReport.endpoint(of: report) }
}
