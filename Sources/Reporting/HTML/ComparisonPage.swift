internal import ReportModel

/// Several runs on one page: verdicts and windows side by side, then cases by runs.
struct ComparisonPage {
    private let comparison: Comparison
    private let context: ReportContext

    static func bytes(of runs: [ComparedRun], _ context: ReportContext) -> [UInt8] {
        let page = ComparisonPage(comparison: Comparison(runs), context: context)
        let main: [HTMLNode] = [page.windows, page.families, page.cases, page.details].compactMap(\.self)
        let body: [HTMLNode] = [
            .element("a", class: "skip", [.link(to: "cases")], "Skip to the cases"), page.header,
            .element("main", of: main),
        ]
        return HTMLPage(
            title: "Countersign: \(counted(runs.count, "run")) side by side", style: ReportStyle.rules,
            script: ReportScript.code, body: body
        ).bytes
    }

    private var runs: [ComparedRun] { comparison.runs }

    private var header: HTMLNode {
        let cards = runs.enumerated().map { number, run -> HTMLNode in
            let summary = run.report.summary
            let totals =
                "\(summary.failed) failed · \(summary.warned) warned · \(summary.inconclusive) inconclusive · "
                + "\(summary.skipped) skipped · \(summary.passed) passed"
            let source =
                "\(run.name) · \(run.report.run.scheme) · \(ReportPage.moment(run.report.record.started)) · countersign \(run.version)"
            return .element(
                "li", class: ReportPage.verdictClass(run.report), [], ReportPage.gradeTile(run.report),
                .element(
                    "div", [],
                    .element(
                        "h2", [], .text("\(Self.letter(number))  "), .element("code", [], .text(run.report.run.target))),
                    .element("p", class: "lead", [], .text(run.report.verdictWords)),
                    .element("p", class: "quiet", [], .text(totals)), .element("p", class: "quiet", [], .text(source))))
        }
        return .element(
            "header", class: "top", [], .element("p", class: "eyebrow", [], "Countersign comparison"),
            .element("h1", [], .text("\(counted(runs.count, "run")) side by side")),
            .element("ul", class: "runs", [], of: cards))
    }

    private static func letter(_ number: Int) -> String {
        number < 26 ? String(UnicodeScalar(UInt8(ascii: "A") + UInt8(number))) : "#\(number + 1)"
    }

    private var windows: HTMLNode? {
        let figure = WindowFigure(
            runs.enumerated().map { (name: Self.letter($0.offset), measurements: $0.element.report.measurements) })
        guard !figure.isEmpty else { return nil }
        return .element("section", [.init("id", "measured")], .element("h2", [], "Measured"), figure.node)
    }

    private var families: HTMLNode {
        let names = runs.indices.map {
            HTMLNode.element("th", class: "n", [.init("scope", "col")], .text(Self.letter($0)))
        }
        var seen = Set<String>()
        let families = runs.flatMap { $0.report.cases.map(\.family) }.filter { seen.insert($0).inserted }
        let rows = families.map { family -> HTMLNode in
            let cells = runs.map { run -> HTMLNode in
                let results = run.report.cases.filter { $0.family == family }
                let bad = Outcome.byUrgency.filter { $0 != .pass && $0 != .skipped }.compactMap {
                    outcome -> HTMLNode? in
                    let count = results.count { $0.outcome == outcome }
                    return count > 0
                        ? .element(
                            "span", class: outcome.tone, [], .text("\(count) \(outcome.sign) \(outcome.counted)")) : nil
                }
                let passed = results.count { $0.outcome == .pass }
                let good: [HTMLNode] =
                    passed > 0 ? [.element("span", class: Outcome.pass.tone, [], .text("\(passed) ✓ passed"))] : []
                let all = bad + good
                return .element("td", class: "n", [], of: all.isEmpty ? ["–"] : all)
            }
            return .element("tr", of: [.element("th", [.init("scope", "row")], .text(family))] + cells)
        }
        let head: [HTMLNode] = [.element("th", [.init("scope", "col")], "Family")] + names
        return .element(
            "section", [.init("id", "families")], .element("h2", [], "Families"),
            Self.table("families", "Families by run", head, rows))
    }

    private static func table(_ name: StaticString, _ label: String, _ head: [HTMLNode], _ rows: [HTMLNode]) -> HTMLNode
    {
        .element(
            "div", class: "scroll", [.init("tabindex", "0"), .init("role", "group"), .init("aria-label", label)],
            .element(
                "table", class: name, [], .element("thead", [], .element("tr", of: head)), .element("tbody", of: rows)))
    }

    /// Cases in which the runs differ, then what is wrong everywhere, then the rest, folded.
    private var cases: HTMLNode {
        let different = comparison.rows.filter(\.differs)
        let same = comparison.rows.filter { !$0.differs }
        let wrong = same.filter { row in
            row.results.contains { $0.map { $0.outcome != .pass && $0.outcome != .skipped } ?? false }
        }
        let rest = same.filter { row in
            row.results.allSatisfy { $0.map { $0.outcome == .pass || $0.outcome == .skipped } ?? true }
        }
        var parts: [HTMLNode] = [
            .element("h2", [], "Cases"), ReportPage.tools(runs.flatMap(\.report.cases)),
        ]
        for (title, rows, isOpen) in [
            ("The runs differ", different, true), ("The same in every run, and not as expected", wrong, true),
            ("As expected or skipped in every run", rest, false),
        ] where !rows.isEmpty {
            var attributes: [HTMLNode.Attribute] = [.init("data-group", title)]
            if isOpen { attributes.append(.init("open", "")) }
            let heading: HTMLNode = .element(
                "summary", [],
                .element("h3", [], .text("\(title) "), .element("span", class: "quiet", [], .text(String(rows.count)))))
            parts.append(.element("details", class: "group", attributes, heading, table(of: rows, title)))
        }
        return .element("section", [.init("id", "cases"), .init("tabindex", "-1")], of: parts)
    }

    private func table(of rows: [Comparison.Row], _ title: String) -> HTMLNode {
        let names = runs.indices.map { HTMLNode.element("th", [.init("scope", "col")], .text(Self.letter($0))) }
        let lines = rows.map { row -> HTMLNode in
            let first = row.results.compactMap(\.self).first
            let outcomes = row.results.compactMap { $0?.outcome.rawValue }.joined(separator: " ")
            let attributes: [HTMLNode.Attribute] = [
                .init("data-o", outcomes), .init("data-f", first?.family ?? ""),
                .init("data-s", first?.severity.rawValue ?? ""),
            ]
            let name: HTMLNode = .element(
                "th", class: "case-name", [.init("scope", "row")], .element("code", [], .text(row.id)),
                .element("span", class: "quiet", [], .text(first?.title ?? "")))
            return .element("tr", class: "case", attributes, of: [name] + row.results.enumerated().map(cell))
        }
        return Self.table("by-run", title, [.element("th", [.init("scope", "col")], "Case")] + names, lines)
    }

    private func cell(_ number: Int, _ result: CaseResult?) -> HTMLNode {
        guard let result else { return .element("td", class: "none", [], "not run") }
        let seen: HTMLNode = .element(
            "span", class: "seen", [], .text(result.observed.map { $0.status.map(String.init) ?? $0.words } ?? ""))
        guard result.outcome != .pass, result.outcome != .skipped else {
            return .element("td", [], result.outcome.badge, seen)
        }
        return .element("td", [], .element("a", [.link(to: "run\(number)-\(result.id)")], result.outcome.badge), seen)
    }

    /// What is not as expected, run by run.
    private var details: HTMLNode {
        let sections = runs.enumerated().map { number, run -> HTMLNode in
            let results = Outcome.byUrgency.filter { $0 != .pass && $0 != .skipped }.flatMap {
                run.report.faults($0).flatMap(\.results)
            }
            let node = CaseNode(report: run.report, context: context, prefix: "run\(number)-", order: results)
            let none: [HTMLNode] = results.isEmpty ? [.element("p", [], "Everything was as expected.")] : []
            let heading: HTMLNode = .element(
                "h3", [], .text("\(Self.letter(number))  "), .element("code", [], .text(run.report.run.target)))
            return .element("section", of: [heading] + none + results.map(node.details))
        }
        return .element(
            "section", [.init("id", "details")], of: [.element("h2", [], "What was not as expected")] + sections)
    }
}
