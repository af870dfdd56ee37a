internal import ReportModel
internal import Timing

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

extension ReportPage {
    /// What was measured over time, drawn on a line; `nil` where nothing was.
    var windows: HTMLNode? {
        let figure = WindowFigure([(nil, report.measurements)])
        let transport = transportList
        let comparisons = report.measurements.comparisons.sorted { $0.key < $1.key }
        guard !figure.isEmpty || transport != nil || !comparisons.isEmpty else { return nil }
        let parts: [HTMLNode?] = [
            .element("h2", [], "Measured"), figure.isEmpty ? nil : figure.node, transport,
            comparisons.isEmpty ? nil : .group(comparisons.map(timing)),
        ]
        return .element("section", [.init("id", "measured")], of: parts.compactMap(\.self))
    }

    /// What the times of rejections say, with their plots.
    private func timing(_ id: String, _ result: TimingResult) -> HTMLNode {
        let plots = TimingPlots.all(id, result).map { HTMLNode.element("figure", [], $0.node) }
        return .group([
            .element("h3", [], .text("Times of rejections: \(id)")), .element("p", [], .text(result.verdict.words)),
            .element("div", class: "plots", [], of: plots),
        ])
    }

    /// Which unusual forms of request reach the endpoint.
    private var transportList: HTMLNode? {
        let tried = TransportFeature.allCases.compactMap { feature in
            report.measurements.transport[feature].map { (feature, $0) }
        }
        guard !tried.isEmpty else { return nil }
        let items = tried.map { feature, delivery -> HTMLNode in
            switch delivery {
            case .delivered where feature.isForbidden:
                return .element(
                    "li", [], .element("span", class: "odd", [], "▲ "), .text("\(feature.words), which HTTP forbids"))
            case .refused(let observed) where feature.isForbidden:
                return .element(
                    "li", [], .element("span", class: "quiet", [], "– "),
                    .text("\(feature.words): refused, as it may be (\(observed.summary))"))
            case .delivered:
                return .element("li", [], .element("span", class: "good", [], "✓ "), .text(feature.words))
            case .refused(let observed):
                return .element(
                    "li", [], .element("span", class: "odd", [], "▲ "),
                    .text("\(feature.words): refused, \(observed.words)"))
            }
        }
        let title: HTMLNode = .element("h3", [], "Unusual requests that reach the endpoint when they are valid")
        return .group([title, .element("ul", class: "transport", [], of: items)])
    }
}

/// Spans of time as bars, measured above and documented below, one group a quantity and a run.
struct WindowFigure {
    private struct Bar {
        /// Seconds from now; `nil` at an end without a limit.
        let from: Int64?
        let to: Int64?
        let words: String
    }

    private struct Row {
        let title: String
        let measured: Bar
        let documented: Bar?
    }

    private let rows: [Row]

    /// Creates a figure of the measurements of one or several runs, each with its name.
    init(_ runs: [(name: String?, measurements: Measurements)]) {
        rows = runs.flatMap { name, measured in Self.rows(measured, name.map { "\($0): " } ?? "") }
    }

    /// Whether nothing was measured.
    var isEmpty: Bool { rows.isEmpty }

    private static func rows(_ measured: Measurements, _ prefix: String) -> [Row] {
        var rows = [Row]()
        let documented = measured.documented
        if let window = measured.window {
            let words = "\(back(window.past)) to \(ahead(window.future))"
            let limit = documented.past.map { past in
                Bar(
                    from: -past, to: documented.future,
                    words: "\(back(past)) to \(documented.future.map { ahead($0) } ?? "no limit ahead")")
            }
            rows.append(
                Row(
                    title: prefix + "Timestamps that are accepted",
                    measured: Bar(from: window.past.map { -$0 }, to: window.future, words: words), documented: limit))
        }
        if let grace = measured.grace {
            let limit = documented.grace.map { Bar(from: 0, to: $0, words: span($0)) }
            rows.append(
                Row(
                    title: prefix + "A replaced secret is still accepted for",
                    measured: Bar(
                        from: 0, to: grace.seconds, words: "\(span(grace.seconds)) ± \(span(grace.uncertainty))"),
                    documented: limit))
        }
        if let memory = measured.memory {
            let words =
                memory.lessThan.map { "less than \(span($0))" } ?? memory.atLeast.map { "at least \(span($0))" }
                ?? "unknown"
            let limit = documented.memory.map { Bar(from: 0, to: $0, words: span($0)) }
            rows.append(
                Row(
                    title: prefix + "A delivery is remembered for",
                    measured: Bar(from: 0, to: memory.lessThan ?? memory.atLeast ?? 0, words: words), documented: limit)
            )
        }
        return rows
    }

    private static func back(_ seconds: Int64?) -> String {
        guard let seconds else { return "no limit in the past" }
        return seconds == 0 ? "now" : "\(span(seconds)) ago"
    }

    private static func ahead(_ seconds: Int64?) -> String {
        guard let seconds else { return "no limit in the future" }
        return seconds == 0 ? "now" : "\(span(seconds)) ahead"
    }

    private static let units: [(seconds: Int64, name: String)] = [(86_400, "days"), (3600, "h"), (60, "min")]

    /// A span of time in the largest unit that divides it, such as `5 min`.
    static func span(_ seconds: Int64) -> String {
        for (unit, name) in units where seconds != 0 && seconds % unit == 0 {
            return seconds == 86_400 ? "1 day" : "\(seconds / unit) \(name)"
        }
        return "\(seconds) s"
    }

    // MARK: Drawing

    private static let width = 900.0
    private static let rowHeight = 64.0
    private static let top = 26.0
    /// Where a line without a limit ends.
    private static let edge = 430.0

    private var farthest: Double {
        let ends = rows.flatMap { row -> [Int64?] in
            [row.measured.from, row.measured.to, row.documented?.from, row.documented?.to]
        }
        return max(3600, ends.compactMap(\.self).map { abs(Double($0)) }.max() ?? 0) * 1.5
    }

    /// A logarithmic scale in both directions from now.
    private func x(_ seconds: Double) -> Double {
        let share = log1p(abs(seconds) / 20) / log1p(farthest / 20)
        return Self.width / 2 + (seconds < 0 ? -1 : 1) * min(1, share) * (Self.edge - 30)
    }

    var node: HTMLNode {
        let height = Self.top + Self.rowHeight * Double(rows.count) + 26
        var shapes: [HTMLNode] = [.element("title", [], .text(description))]
        let base = height - 22
        for seconds in ticks {
            for sign in seconds == 0 ? [1.0] : [-1.0, 1.0] {
                let place = x(sign * Double(seconds))
                let label = seconds == 0 ? "now" : (sign < 0 ? "−" : "+") + Self.span(seconds)
                shapes.append(
                    Self.line(place, Self.top - 8, place, base, seconds == 0 ? "axis now" : "axis"))
                shapes.append(Self.label(place, height - 6, label, "tick", "middle"))
            }
        }
        for (number, row) in rows.enumerated() {
            let y = Self.top + Double(number) * Self.rowHeight
            shapes.append(Self.label(12, y + 4, row.title, "row-title", "start"))
            shapes.append(Self.label(Self.width - 12, y + 4, row.measured.words, "row-words", "end"))
            shapes += bar(row.measured, y + 14, 14, "measured")
            shapes += beyond(row).flatMap { bar($0, y + 14, 14, "beyond") }
            if let documented = row.documented { shapes += bar(documented, y + 32, 7, "documented") }
        }
        let attributes: [HTMLNode.Attribute] = [
            .init("viewBox", "0 0 \(Int(Self.width)) \(Int(height))"), .init("role", "img"),
            .init("aria-label", description),
        ]
        let legend: HTMLNode = .element(
            "p", class: "legend", [], .element("span", class: "key measured", [], ""), "measured ",
            .element("span", class: "key beyond", [], ""), "measured beyond the limit ",
            .element("span", class: "key documented", [], ""), "the document's limit; the scale is logarithmic")
        return .element(
            "figure", class: "windows", [],
            .element(
                "div", class: "scroll",
                [.init("tabindex", "0"), .init("role", "group"), .init("aria-label", "Time line")],
                .element("svg", attributes, shapes)), .element("figcaption", [], legend))
    }

    private var ticks: [Int64] {
        [0, 60, 300, 3600, 86_400, 2_592_000, 31_536_000].filter { Double($0) <= farthest }
    }

    private var description: String {
        rows.map { row in
            let limit = row.documented.map { "; the document says \($0.words)" } ?? ""
            return "\(row.title): \(row.measured.words)\(limit)"
        }.joined(separator: ". ")
    }

    /// The parts of what was measured that are outside the document's limits.
    private func beyond(_ row: Row) -> [Bar] {
        guard let limit = row.documented else { return [] }
        var parts = [Bar]()
        if let to = limit.to, row.measured.to.map({ $0 > to + Self.tolerance }) ?? true {
            parts.append(Bar(from: to, to: row.measured.to, words: ""))
        }
        if let from = limit.from, row.measured.from.map({ $0 < from - Self.tolerance }) ?? true {
            parts.append(Bar(from: row.measured.from, to: from, words: ""))
        }
        return parts
    }

    /// Seconds by which a measurement may exceed a limit, as clocks and networks do.
    private static let tolerance: Int64 = 5

    private func bar(_ bar: Bar, _ y: Double, _ height: Double, _ kind: String) -> [HTMLNode] {
        let (left, right) = (
            bar.from.map { x(Double($0)) } ?? Self.width / 2 - Self.edge,
            bar.to.map { x(Double($0)) } ?? Self.width / 2 + Self.edge
        )
        let shape: [HTMLNode.Attribute] = [
            .init("class", kind), .init("x", Self.number(left)), .init("y", Self.number(y)),
            .init("width", Self.number(max(3, right - left))), .init("height", Self.number(height)), .init("rx", "3"),
        ]
        var nodes: [HTMLNode] = [.element("rect", shape, [])]
        if bar.to == nil { nodes.append(Self.arrow(right, y + height / 2, height, 1, kind)) }
        if bar.from == nil { nodes.append(Self.arrow(left, y + height / 2, height, -1, kind)) }
        return nodes
    }

    private static func arrow(_ x: Double, _ y: Double, _ height: Double, _ side: Double, _ kind: String) -> HTMLNode {
        let (reach, half) = (side * height * 0.9, height * 0.85)
        let path =
            "M\(number(x)) \(number(y - half))L\(number(x + reach)) \(number(y))L\(number(x)) \(number(y + half))Z"
        return .element("path", [.init("class", kind), .init("d", path)], [])
    }

    private static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ kind: String) -> HTMLNode {
        .element(
            "line",
            [
                .init("class", kind), .init("x1", number(x1)), .init("y1", number(y1)), .init("x2", number(x2)),
                .init("y2", number(y2)),
            ], [])
    }

    private static func label(_ x: Double, _ y: Double, _ text: String, _ kind: String, _ anchor: String) -> HTMLNode {
        .element(
            "text",
            [
                .init("class", kind), .init("x", number(x)), .init("y", number(y)), .init("text-anchor", anchor),
            ], [.text(text)])
    }

    /// A coordinate to a tenth.
    private static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
    }
}
