internal import ReportModel

extension ReportPage {
    /// Every case, by outcome. What is as it should be, or was not run, is folded.
    var cases: HTMLNode {
        var parts: [HTMLNode] = [.element("h2", [], "Cases"), Self.tools(report.cases)]
        let order = Outcome.byUrgency.flatMap { report.faults($0).flatMap(\.results) }
        let node = CaseNode(report: report, context: context, prefix: "case-", order: order)
        for outcome in Outcome.byUrgency {
            let results =
                outcome == .pass || outcome == .skipped
                ? report.cases(outcome) : report.faults(outcome).flatMap(\.results)
            guard !results.isEmpty else { continue }
            var attributes: [HTMLNode.Attribute] = [.init("data-group", outcome.rawValue)]
            if outcome != .pass, outcome != .skipped { attributes.append(.init("open", "")) }
            let heading: HTMLNode = .element(
                "summary", [],
                .element(
                    "h3", [], .text("\(outcome.heading) "),
                    .element("span", class: "quiet", [], .text(String(results.count)))))
            parts.append(
                .element("details", class: "group", attributes, of: [heading] + results.map(node.details)))
        }
        return .element("section", [.init("id", "cases"), .init("tabindex", "-1")], of: parts)
    }

    /// Search and filters; the script shows them, because without it they would do nothing.
    static func tools(_ results: [CaseResult]) -> HTMLNode {
        func choice(_ id: String, _ label: String, _ values: [String]) -> HTMLNode {
            let all: HTMLNode = .element("option", [.init("value", "")], "all")
            let options = values.map { HTMLNode.element("option", [.init("value", $0)], .text($0)) }
            return .element(
                "label", [], .text("\(label) "), .element("select", [.init("id", id)], of: [all] + options))
        }
        let outcomes = Outcome.byUrgency.filter { outcome in results.contains { $0.outcome == outcome } }
        let severities = Severity.allCases.filter { severity in results.contains { $0.severity == severity } }
        let search: HTMLNode = .element(
            "label", class: "search", [], "Search ",
            .element(
                "input",
                [.init("id", "q"), .init("type", "search"), .init("placeholder", "id, CWE, bytes … (press /)")]))
        return .element(
            "div", class: "tools", [.init("id", "tools"), .init("hidden", ""), .init("role", "search")], search,
            choice("o", "Outcome", outcomes.map(\.rawValue)), choice("f", "Family", families(results).map(\.family)),
            choice("s", "Severity", severities.map(\.rawValue)),
            .element("button", [.init("id", "clear"), .init("type", "button")], "Clear"),
            .element("button", [.init("id", "unfold"), .init("type", "button")], "Unfold"),
            .element("output", [.init("id", "shown"), .init("for", "q o f s")]))
    }
}
