internal import ReportModel
internal import Schemes

/// A report as a page: the verdict, its causes, what was measured, then every case with its bytes.
struct ReportPage {
    let report: Report
    let context: ReportContext

    static func bytes(of report: Report, _ context: ReportContext) -> [UInt8] {
        let page = ReportPage(report: report, context: context)
        let main: [HTMLNode] = [
            page.diagnosis, page.findings, page.windows, page.families, page.cases, page.about,
        ].compactMap(\.self)
        let body: [HTMLNode] = [
            .element("a", class: "skip", [.link(to: "cases")], "Skip to the cases"), page.header,
            .element("main", of: main), page.footer,
        ]
        return HTMLPage(
            title: "\(report.meaning): \(report.run.target)", style: ReportStyle.rules,
            script: ReportScript.code, body: body
        ).bytes
    }

    // MARK: The verdict

    private var header: HTMLNode {
        let run = report.run
        return .element(
            "header", class: "top", [],
            .element("p", class: "eyebrow", [], "Countersign report · scheme \(run.scheme)"),
            .element("h1", [], .element("code", [], .text(run.target))),
            .element(
                "div", class: Self.verdictClass(report), [], Self.gradeTile(report),
                .element(
                    "div", [], .element("p", class: "lead", [], .text(report.verdictWords)),
                    .element("p", class: "quiet", [], .text(facts)))),
            counts, gradeRule)
    }

    static func verdictClass(_ report: Report) -> StaticString {
        switch report.exit {
        case .success: "verdict is-good"
        case .failure: "verdict is-bad"
        default: "verdict is-odd"
        }
    }

    /// The grade in a square, or a sign where there is none.
    static func gradeTile(_ report: Report) -> HTMLNode {
        let label = report.grade.map { "Grade \($0.rawValue)" } ?? "No grade"
        return .element(
            "div", class: "grade", [.init("role", "img"), .init("aria-label", label)],
            .text(report.grade?.rawValue ?? (report.exit == .success ? "✓" : report.exit == .failure ? "✗" : "?")))
    }

    private var facts: String {
        let run = report.run
        return [
            "exit \(report.exit.rawValue)", "level \(run.level.rawValue)", "profile \(run.profile.rawValue)",
            Self.moment(report.record.started), report.record.duration, counted(report.record.exchanges, "request"),
            "\(report.summary.discriminating) discriminating passes",
        ].joined(separator: " · ")
    }

    /// A time for people, in UTC.
    static func moment(_ seconds: Int64) -> String {
        ISOTime.text(seconds).replacing("T", with: " ").replacing("Z", with: " UTC")
    }

    private var counts: HTMLNode {
        let items = Outcome.byUrgency.filter { report.summary.count($0) > 0 }.map { outcome -> HTMLNode in
            let link: [HTMLNode.Attribute] = [.link(to: "cases"), .init("data-o", outcome.rawValue)]
            let number: HTMLNode = .element("b", [], .text(String(report.summary.count(outcome))))
            return .element(
                "li", [], .element("a", class: outcome.tone, link, number, .text(" \(outcome.sign) \(outcome.counted)"))
            )
        }
        return .element("ul", class: "tally", [.init("aria-label", "Cases by outcome")], of: items)
    }

    private var gradeRule: HTMLNode {
        let grades = Grade.allCases.flatMap { grade -> [HTMLNode] in
            [.element("dt", [], .text(grade.rawValue)), .element("dd", [], .text(grade.words))]
        }
        return .element(
            "details", class: "rule", [], .element("summary", [], "How the grade is found"),
            .element("dl", class: "grades", [], of: grades), .element("p", [], .text(Grade.rule)))
    }

    /// What explains the results, when something does.
    private var diagnosis: HTMLNode? {
        guard !report.diagnosis.isEmpty else { return nil }
        let items = report.diagnosis.map { diagnosis -> HTMLNode in
            let explained = diagnosis.explains.prefix(Self.named).map { id -> HTMLNode in
                .group([.element("a", [.link(to: "case-\(id)")], .element("code", [], .text(id))), " "])
            }
            let rest = diagnosis.explains.count - explained.count
            var nodes: [HTMLNode] = [.element("p", [], .element("strong", [], .text(diagnosis.finding.words)))]
            if !explained.isEmpty {
                let more = rest > 0 ? "and \(rest) more" : ""
                nodes.append(.element("p", class: "quiet", [], of: ["Explains "] + explained + [.text(more)]))
            }
            if !diagnosis.contradicts.isEmpty {
                let ids = diagnosis.contradicts.prefix(Self.named).joined(separator: ", ")
                nodes.append(.element("p", class: "quiet", [], .text("Contradicted by \(ids)")))
            }
            return .element("li", of: nodes)
        }
        return .element(
            "section", [.init("id", "diagnosis")], .element("h2", [], "Diagnosis"),
            .element("ol", class: "diagnosis", [], of: items))
    }

    private static let named = 8

    // MARK: What is wrong, in brief

    /// One line a fault, so that what matters most is seen without opening anything.
    private var findings: HTMLNode? {
        var parts = [HTMLNode]()
        if let problem = report.problem {
            parts.append(.element("p", class: "problem", [], .text(problem)))
            let waivers = (report.gate?.waivers ?? []).map { problem -> HTMLNode in
                .element(
                    "li", [], .element("code", [], .text(problem.waiver.caseID)),
                    .text(" \(problem.word): \(problem.words)"))
            }
            if !waivers.isEmpty { parts.append(.element("ul", of: waivers)) }
            if let record = report.record.evidence["preflight"]?.control {
                parts.append(.element("div", class: "case-body", [], ExchangeNode(control: record, probe: nil).node))
            }
        }
        let faults = report.faults(.fail).map(\.results)
        if !faults.isEmpty {
            let items = faults.map { results -> HTMLNode in
                let first = results[0]
                let others = results.count > 1 ? " and \(counted(results.count - 1, "case")) like it" : ""
                let harm = [first.severity.rawValue, first.impact?.rawValue].compactMap(\.self).joined(separator: " · ")
                return .element(
                    "li", [], .element("span", class: "sev", [], .text(harm)),
                    .element(
                        "div", [], .element("strong", [], .text(first.why)), .text(" \(first.fix) "),
                        .element("a", [.link(to: anchor(first))], .element("code", [], .text(first.id))), .text(others))
                )
            }
            parts.append(.element("ol", class: "faults", [], of: items))
        }
        guard !parts.isEmpty else { return nil }
        let heading: HTMLNode = .element("h2", [], faults.isEmpty ? "Why there is no verdict" : "What to fix first")
        return .element("section", [.init("id", "findings")], of: [heading] + parts)
    }

    // MARK: The families

    private var families: HTMLNode? {
        guard !report.cases.isEmpty else { return nil }
        let outcomes = Outcome.byUrgency.filter { report.summary.count($0) > 0 }
        let head = outcomes.map { outcome -> HTMLNode in
            .element("th", class: "n", [.init("scope", "col")], .text("\(outcome.sign) \(outcome.counted)"))
        }
        let rows = Self.families(report.cases).map { family, results -> HTMLNode in
            let cells = outcomes.map { outcome -> HTMLNode in
                let count = results.count { $0.outcome == outcome }
                guard count > 0 else { return .element("td", class: "n none", [], "·") }
                let link: [HTMLNode.Attribute] = [
                    .link(to: "cases"), .init("data-o", outcome.rawValue), .init("data-f", family),
                    .init("aria-label", "\(count) \(outcome.counted) in \(family)"),
                ]
                return .element(
                    "td", class: "n", [], .element("a", class: outcome.tone, link, .text(String(count))))
            }
            let name: HTMLNode = .element("th", [.init("scope", "row")], .text(family))
            return .element("tr", of: [name] + cells)
        }
        let table: HTMLNode = .element(
            "table", class: "families", [],
            .element("thead", [], .element("tr", of: [.element("th", [.init("scope", "col")], "Family")] + head)),
            .element("tbody", of: rows))
        return .element(
            "section", [.init("id", "families")], .element("h2", [], "Families"),
            .element(
                "div", class: "scroll",
                [
                    .init("tabindex", "0"), .init("role", "group"),
                    .init("aria-label", "Families by outcome"),
                ], table))
    }

    /// The results by family, in the order in which the families first appear.
    static func families(_ results: [CaseResult]) -> [(family: String, results: [CaseResult])] {
        var groups = [(family: String, results: [CaseResult])]()
        var places = [String: Int]()
        for result in results {
            if let place = places[result.family] {
                groups[place].results.append(result)
            } else {
                places[result.family] = groups.count
                groups.append((result.family, [result]))
            }
        }
        return groups
    }

    // MARK: The run

    private var about: HTMLNode {
        let run = report.run
        var rows: [(String, String)] = [
            ("Target", run.target), ("Scheme", "\(run.scheme), payload \(run.payload)"),
            (
                "Cases",
                "level \(run.level.rawValue), enforced from \(run.enforce.rawValue), profile \(run.profile.rawValue)"
            ),
            ("Seed", String(run.seed)), ("Vectors", run.vectors), ("Run", run.id),
            ("Began", Self.moment(report.record.started)), ("Made by", "countersign \(context.version)"),
        ]
        if !run.selection.only.isEmpty { rows.append(("Only", run.selection.only.joined(separator: ", "))) }
        if !run.selection.skip.isEmpty { rows.append(("Left out", run.selection.skip.joined(separator: ", "))) }
        if let shard = run.selection.shard { rows.append(("Shard", "\(shard.number) of \(shard.count)")) }
        if let clock = report.measurements.clock {
            rows.append(
                (
                    "Clock",
                    "target's clock \(Self.offset(clock.seconds)) ± \(Self.offset(clock.uncertainty).trimmingPrefix("+"))"
                ))
        }
        for remark in run.remarks { rows.append(("Note", remark.words(context))) }
        let items = rows.flatMap { name, value -> [HTMLNode] in
            [.element("dt", [], .text(name)), .element("dd", [], .text(value))]
        }
        return .element(
            "section", [.init("id", "run")], .element("h2", [], "The run"),
            .element("dl", class: "facts", [], of: items))
    }

    private static func offset(_ seconds: Double) -> String {
        guard seconds.isFinite, abs(seconds) < 1e12 else { return "unknown" }
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths < 0 ? "−" : "+")\(abs(tenths) / 10).\(abs(tenths) % 10) s"
    }

    private var footer: HTMLNode {
        .element(
            "footer", class: "quiet", [],
            .element(
                "p", [],
                .text(
                    "Secrets, keys and right signatures were removed when the run recorded them. Made from the JSON report by "
                        + "countersign \(context.version).")))
    }

    /// The id of a case's place on the page.
    func anchor(_ result: CaseResult) -> String { "case-\(result.id)" }
}

extension ReportFormat {
    /// For people who audit, and for archives.
    static let html = ReportFormat(
        "html", title: "a page", fileName: "report.html", compare: { ComparisonPage.bytes(of: $0, $1) }
    ) { ReportPage.bytes(of: $0, $1) }
}
