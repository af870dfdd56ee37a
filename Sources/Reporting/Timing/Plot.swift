internal import Bytes
internal import Timing

/// The frame of a plot: ranges, axes, and the marks in it.
struct Plot {
    let title: String
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>
    let xLabel: String
    let yLabel: String

    private static let (width, height) = (680.0, 380.0)
    private static let (left, right, top, bottom) = (86.0, 20.0, 42.0, 52.0)

    /// The range of some values with some room around them.
    static func range(of values: [Double]) -> ClosedRange<Double> {
        let (low, high) = (values.min() ?? 0, values.max() ?? 1)
        let room = high > low ? (high - low) * 0.08 : max(1, abs(high) * 0.1)
        return (low - room)...(high + room)
    }

    // MARK: Marks

    /// A horizontal band, with a label above the plot.
    func band(_ range: ClosedRange<Double>, label: String) -> [HTMLNode] {
        let clamped = range.clamped(to: y)
        let (top, bottom) = (place(y: clamped.upperBound), place(y: clamped.lowerBound))
        return [
            .element(
                "rect", class: "band",
                attributes(("x", Self.left), ("y", top), ("width", Self.plotWidth), ("height", bottom - top))),
            text(label, Self.width - Self.right, 24, anchor: "end", class: "quiet"),
        ]
    }

    /// A horizontal line across the plot.
    func line(at value: Double) -> HTMLNode {
        rule(Self.left, place(y: value), Self.width - Self.right, place(y: value), class: "zero")
    }

    /// A short line across the place of an interval: where the truth is known.
    func truth(_ value: Double, at place: Double) -> HTMLNode {
        let (center, height) = (self.place(x: place), self.place(y: value))
        return rule(center - 14, height, center + 14, height, class: "zero")
    }

    /// An estimate with its interval.
    func interval(at value: Double, _ estimate: Estimate, kind: String) -> [HTMLNode] {
        let center = place(x: value)
        let (low, high) = (place(y: estimate.low), place(y: estimate.high))
        let group = [
            rule(center, low, center, high), rule(center - 5, low, center + 5, low),
            rule(center - 5, high, center + 5, high),
            HTMLNode.element(
                "circle", attributes(("cx", center), ("cy", place(y: estimate.effect)), ("r", 4))),
        ]
        return [.element("g", [HTMLNode.Attribute("class", "mark \(kind)")], group)]
    }

    /// A line through points; those outside the plot are left out.
    func curve(_ points: [(x: Double, y: Double)], kind: String) -> HTMLNode {
        let inside = points.filter { x.contains($0.x) && y.contains($0.y) }
        let path = inside.map { "\(Self.number(place(x: $0.x))),\(Self.number(place(y: $0.y)))" }
        return .element(
            "polyline",
            [
                HTMLNode.Attribute("class", "curve \(kind)"),
                HTMLNode.Attribute("points", path.joined(separator: " ")),
            ], [])
    }

    /// The names of the curves, in the corner.
    func legend(_ entries: [(kind: String, name: String)]) -> [HTMLNode] {
        entries.enumerated().flatMap { place, entry in
            let height = Self.top + 14 + Double(place) * 18
            return [
                HTMLNode.element(
                    "line",
                    [HTMLNode.Attribute("class", "curve \(entry.kind)")]
                        + attributes(
                            ("x1", Self.left + 12), ("y1", height), ("x2", Self.left + 36), ("y2", height)), []),
                text(entry.name, Self.left + 42, height + 4),
            ]
        }
    }

    // MARK: Axes

    /// The axes with their labels.
    ///
    /// - Parameter xTicks: the marks of the horizontal axis; round numbers by default.
    func axes(xTicks: [(value: Double, name: String)]? = nil) -> [HTMLNode] {
        let floor = Self.height - Self.bottom
        var nodes = [
            text(title, Self.left, 24, class: "title"),
            text(xLabel, Self.left + Self.plotWidth / 2, Self.height - 10, anchor: "middle", class: "quiet"),
            HTMLNode.element(
                "text",
                [
                    HTMLNode.Attribute("class", "quiet"), HTMLNode.Attribute("text-anchor", "middle"),
                    HTMLNode.Attribute("transform", "translate(16 \(Self.number((Self.top + floor) / 2))) rotate(-90)"),
                ], [.text(yLabel)]),
        ]
        for tick in Self.ticks(in: y) {
            nodes.append(rule(Self.left, place(y: tick), Self.width - Self.right, place(y: tick), class: "grid"))
            nodes.append(text(Self.label(tick), Self.left - 8, place(y: tick) + 4, anchor: "end"))
        }
        for tick in xTicks ?? Self.ticks(in: x).map({ ($0, Self.label($0)) }) {
            nodes.append(rule(place(x: tick.value), floor, place(x: tick.value), floor + 5, class: "zero"))
            nodes.append(text(tick.name, place(x: tick.value), floor + 20, anchor: "middle"))
        }
        return nodes
    }

    /// Round numbers in a range, about five.
    static func ticks(in range: ClosedRange<Double>) -> [Double] {
        let length = range.upperBound - range.lowerBound
        guard length > 0, length.isFinite else { return [] }
        var step = 1.0
        while step * 10 <= length { step *= 10 }
        while step > length { step /= 10 }
        step = [0.1, 0.2, 0.5, 1, 2].map { $0 * step }.first { length / $0 <= 6 } ?? step * 2
        let first = (range.lowerBound / step).rounded(.up)
        return (0...7).map { (first + Double($0)) * step }.filter { range.contains($0) }
    }

    private static func label(_ value: Double) -> String {
        let text = number(value)
        return text.hasPrefix("-") ? "−\(text.dropFirst())" : text
    }

    // MARK: Writing

    /// The whole picture. It follows the colours that the reader prefers.
    func svg(_ nodes: [HTMLNode]) -> HTMLNode {
        .element(
            "svg",
            [
                HTMLNode.Attribute("xmlns", "http://www.w3.org/2000/svg"), HTMLNode.Attribute("class", "timing-plot"),
                HTMLNode.Attribute("viewBox", "0 0 \(Self.number(Self.width)) \(Self.number(Self.height))"),
                HTMLNode.Attribute("role", "img"), HTMLNode.Attribute("aria-label", title),
            ],
            [
                .style(Self.colours),
                .element("rect", class: "page", attributes(("width", Self.width), ("height", Self.height))),
            ] + nodes)
    }

    private static let colours: StaticString = """
        .timing-plot { font: 12px system-ui, sans-serif; --page: #fff; --ink: #1f2328; --quiet: #59636e; --grid: #e4e7eb;
          --band: #e8f3ea; --probe: #1f6feb; --check: #6e7781; --delay: #bc4c00; }
        @media (prefers-color-scheme: dark) { .timing-plot { --page: #0d1117; --ink: #e6edf3; --quiet: #9198a1;
          --grid: #2a3038; --band: #12261a; --probe: #58a6ff; --check: #9198a1; --delay: #f0883e; } }
        .timing-plot .page { fill: var(--page); } .timing-plot text { fill: var(--ink); }
        .timing-plot .title { font-weight: 600; font-size: 14px; } .timing-plot .quiet { fill: var(--quiet); }
        .timing-plot .band { fill: var(--band); } .timing-plot .grid { stroke: var(--grid); }
        .timing-plot .zero { stroke: var(--quiet); } .timing-plot .curve { fill: none; stroke-width: 2; }
        .timing-plot .mark { stroke-width: 2; }
        .timing-plot .probe { stroke: var(--probe); } .timing-plot .mark.probe { fill: var(--probe); }
        .timing-plot .check { stroke: var(--check); } .timing-plot .mark.check { fill: var(--check); }
        .timing-plot .delay { stroke: var(--delay); } .timing-plot .mark.delay { fill: var(--delay); }
        """

    private static var plotWidth: Double { width - left - right }
    private static var plotHeight: Double { height - top - bottom }

    private func place(x value: Double) -> Double {
        Self.left + (value - x.lowerBound) / (x.upperBound - x.lowerBound) * Self.plotWidth
    }

    private func place(y value: Double) -> Double {
        Self.top + (y.upperBound - value) / (y.upperBound - y.lowerBound) * Self.plotHeight
    }

    private func rule(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, class classes: StaticString? = nil
    ) -> HTMLNode {
        .element("line", class: classes, attributes(("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)))
    }

    private func text(
        _ text: String, _ x: Double, _ y: Double, anchor: String = "start", class classes: StaticString? = nil
    ) -> HTMLNode {
        let place = attributes(("x", x), ("y", y)) + [HTMLNode.Attribute("text-anchor", anchor)]
        return .element("text", class: classes, place, .text(text))
    }

    private func attributes(_ values: (StaticString, Double)...) -> [HTMLNode.Attribute] {
        values.map { HTMLNode.Attribute($0.0, Self.number($0.1)) }
    }

    /// A number with at most two decimals.
    private static func number(_ value: Double) -> String {
        let rounded = (value * 100).rounded() / 100
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}
