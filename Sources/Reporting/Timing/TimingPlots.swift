internal import Bytes
package import Timing

/// The plots of a measurement, as SVG.
package enum TimingPlots {
    /// Returns the plots with their names: those that the measurement got far enough for.
    package static func all(_ id: String, _ result: TimingResult) -> [(name: String, node: HTMLNode)] {
        [
            ("effect", effect(id, result)), ("distribution", distribution(id, result)),
            ("funnel", funnel(id, result)), ("drift", drift(id, result)),
        ].compactMap { name, node in node.map { (name, $0) } }
    }

    /// Returns a plot as a file.
    package static func file(_ node: HTMLNode) -> [UInt8] {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        node.write(to: &text)
        return Array(text.utf8) + [0x0A]
    }

    /// The effect of each class with its interval, against the place of the first wrong symbol; the known
    /// delay is marked with a line.
    private static func effect(_ id: String, _ result: TimingResult) -> HTMLNode? {
        guard let look = result.looks.last else { return nil }
        let symbols = Double(look.contrasts.compactMap(\.position).max() ?? 0)
        let delayed = Look.Finding(name: "delayed", position: nil, estimate: look.delayed)
        let again = Look.Finding(name: "same again", position: nil, estimate: look.repetition)
        // Where places are compared, the contrast of several has none; where not, each class has the next.
        let probes = look.contrasts.filter { symbols == 0 || $0.position != nil }
        let last = symbols == 0 ? Double(probes.count + 1) : symbols * 1.15
        let points: [(x: Double, Look.Finding, String)] =
            [(x: 0.0, again, "check")]
            + probes.enumerated().map { (x: $1.position.map(Double.init) ?? Double($0 + 1), $1, "probe") }
            + [(x: last, delayed, "delay")]
        let ends = ends(points.map(\.1.estimate)) + [0, look.appliedDelay]
        let plot = Plot(
            title: "\(id): effect and interval", x: -last * 0.06...last * 1.06, y: Plot.range(of: ends),
            xLabel: symbols == 0 ? "kind of request" : "right symbols before the first wrong one",
            yLabel: "nanoseconds more than the reference")
        var nodes = [HTMLNode]()
        if let threshold = result.threshold {
            nodes += plot.band(-threshold...threshold, label: "does not matter: ±\(timeWords(threshold))")
        }
        nodes += plot.axes(xTicks: points.map { ($0.x, $0.1.position.map(String.init) ?? $0.1.name) })
        nodes.append(plot.line(at: 0))
        for (x, finding, kind) in points {
            nodes += plot.interval(at: x, finding.estimate, kind: kind)
        }
        nodes.append(plot.truth(look.appliedDelay, at: last))
        return plot.svg(nodes)
    }

    /// How the differences of the last class and of the repetition are distributed: an effect shifts one to the side.
    private static func distribution(_ id: String, _ result: TimingResult) -> HTMLNode? {
        guard let shape = result.shape, let look = result.looks.last,
            let clip = look.contrasts.first(where: { $0.name == shape.probeName })?.estimate.clip
        else { return nil }
        let plot = Plot(
            title: "\(id): differences from the reference", x: -4 * clip...4 * clip, y: 0...1,
            xLabel: "nanoseconds", yLabel: "share of the tuples below")
        let curve = { (values: [Double], kind: String) in
            plot.curve(values.enumerated().map { (x: $1, y: Double($0) / 100) }, kind: kind)
        }
        return plot.svg(
            plot.axes() + [curve(shape.repetition, "check"), curve(shape.probe, "probe")]
                + plot.legend([("check", "same again"), ("probe", shape.probeName)]))
    }

    /// How the interval of the clearest contrast narrows from look to look.
    private static func funnel(_ id: String, _ result: TimingResult) -> HTMLNode? {
        guard let last = result.looks.last,
            let name = last.contrasts.max(by: { abs($0.estimate.z) < abs($1.estimate.z) })?.name
        else { return nil }
        let looks = result.looks.compactMap { look in
            look.contrasts.first { $0.name == name }.map { (tuples: Double(look.tuples), estimate: $0.estimate) }
        }
        let ends = ends(looks.map(\.estimate)) + [0]
        let most = looks.map(\.tuples).max() ?? 1
        let plot = Plot(
            title: "\(id): '\(name)' from look to look", x: 0...most * 1.08, y: Plot.range(of: ends), xLabel: "tuples",
            yLabel: "nanoseconds more than the reference")
        var nodes = plot.axes()
        if let threshold = result.threshold {
            nodes = plot.band(-threshold...threshold, label: "does not matter: ±\(timeWords(threshold))") + nodes
        }
        nodes.append(plot.line(at: 0))
        nodes.append(plot.curve(looks.map { ($0.tuples, $0.estimate.effect) }, kind: "probe"))
        for look in looks { nodes += plot.interval(at: look.tuples, look.estimate, kind: "probe") }
        return plot.svg(nodes)
    }

    /// The medians of the reference's times in the course of the run.
    private static func drift(_ id: String, _ result: TimingResult) -> HTMLNode? {
        guard let drift = result.shape?.drift, drift.count > 1 else { return nil }
        let values = drift.map { $0 / 1000 }
        let plot = Plot(
            title: "\(id): times of the reference", x: 0...100, y: Plot.range(of: values),
            xLabel: "per cent of the run", yLabel: "median, microseconds")
        let points = values.enumerated().map { (x: 100 * (Double($0) + 0.5) / Double(values.count), y: $1) }
        return plot.svg(plot.axes() + [plot.curve(points, kind: "probe")])
    }

    private static func ends(_ estimates: [Estimate]) -> [Double] { estimates.map(\.low) + estimates.map(\.high) }
}
