internal import ReportModel
internal import Schemes

/// One case on a page.
struct CaseNode {
    let report: Report
    let context: ReportContext
    /// What the id of its place begins with.
    let prefix: String
    /// The cases whose bytes fit on the page.
    private let shown: Set<String>

    /// How much of a page the bytes of cases may take, so that it stays below 2 MB.
    private static let room = 700_000

    /// Creates nodes for cases in an order: the bytes of the first have room.
    init(report: Report, context: ReportContext, prefix: String, order: [CaseResult]) {
        self.report = report
        self.context = context
        self.prefix = prefix
        var shown = Set<String>()
        var room = Self.room
        for result in order {
            guard let evidence = report.record.evidence[result.id] else { continue }
            room -= evidence.size
            if room >= 0 { shown.insert(result.id) }
        }
        self.shown = shown
    }

    /// Returns the case, folded.
    func details(_ result: CaseResult) -> HTMLNode {
        let attributes: [HTMLNode.Attribute] = [
            .init("id", place(result)), .init("data-o", result.outcome.rawValue),
            .init("data-f", result.family), .init("data-s", result.severity.rawValue),
        ]
        let harm = result.outcome == .pass || result.outcome == .skipped ? nil : result.impact?.rawValue
        let facts = [harm, result.level.rawValue, result.severity.rawValue].compactMap(\.self)
        let summary: HTMLNode = .element(
            "summary", [], result.outcome.badge, .element("code", class: "id", [], .text(result.id)),
            .element("span", class: "title", [], .text(result.title)),
            .element("span", class: "meta", [], .text(facts.joined(separator: " · "))))
        return .element("details", class: "case", attributes, summary, body(result))
    }

    /// An id may have no spaces, which no case of ours has.
    private func place(_ result: CaseResult) -> String { prefix + result.id.replacing(" ", with: "_") }

    private func body(_ result: CaseResult) -> HTMLNode {
        let text = CaseText(result: result, report: report, context: context)
        let evidence = report.record.evidence[result.id]
        var rows: [(String, [HTMLNode])] = []
        if result.outcome != .skipped {
            rows.append(("Sent", [.text(recipe(result, evidence))]))
            rows.append(("Expected", [.text(result.expectedWords)]))
        }
        if let observed = result.observed {
            let control = result.control.map { "; its control: \($0.words)" } ?? ""
            rows.append(("Observed", [.element("strong", [], .text(observed.words)), .text(control)]))
        } else if let control = result.control {
            rows.append(("Control", [.text(control.words)]))
        }
        if let reason = text.reason { rows.append(("Because", [.text(reason)])) }
        rows += result.clauses.map { clause in
            let source: HTMLNode = .element(
                "span", class: "quiet", [], .text(" \(clause.level.rawValue); \(clause.place)"))
            return ("Document", [.text(clause.text), source])
        }
        rows.append(("Why", [.text(result.why)]))
        rows.append(("Fix", [.element("strong", [], .text(result.fix))]))
        if !result.cwe.isEmpty {
            rows.append(("Weakness", [.text(result.cwe.map { "CWE-\($0)" }.joined(separator: ", "))]))
        }
        if result.outcome != .pass, let again = context.again(report, result) {
            rows.append(("Again", [Self.command(again)]))
        }
        let list = rows.flatMap { name, nodes -> [HTMLNode] in
            [.element("dt", [], .text(name)), .element("dd", of: nodes)]
        }
        return .element(
            "div", class: "case-body", [], of: [.element("dl", class: "facts", [], of: list)] + bytes(result, evidence))
    }

    /// What the case sends, in words.
    private func recipe(_ result: CaseResult, _ evidence: RunRecord.Evidence?) -> String {
        if let steps = evidence?.steps, !steps.isEmpty { return "\(counted(steps.count, "step")), listed below" }
        if result.changes.isEmpty { return "a valid request" }
        return "a valid request except for its \(result.changes.words.joined(separator: ", "))"
    }

    private func bytes(_ result: CaseResult, _ evidence: RunRecord.Evidence?) -> [HTMLNode] {
        guard let evidence else { return [] }
        guard shown.contains(result.id) else {
            return [.element("p", class: "quiet", [], "Its bytes have no room on this page; the JSON report has them.")]
        }
        var parts = [HTMLNode]()
        if !evidence.steps.isEmpty {
            let steps = evidence.steps.map { HTMLNode.element("li", [], .text($0)) }
            parts.append(.element("ol", class: "steps", [], of: steps))
        }
        guard evidence.probe != nil || evidence.control != nil else { return parts }
        parts.append(ExchangeNode(control: evidence.control, probe: evidence.probe).node)
        if !evidence.message.isEmpty {
            parts.append(
                Self.folded(
                    "Signed bytes",
                    ExchangeNode.scrolling(
                        "Signed bytes", ExchangeNode.text(RecordedBytes(message: evidence.message)))))
        }
        if let request = evidence.probe ?? evidence.control, let curl = CurlLine(request, target: report.run.target) {
            let note: HTMLNode =
                curl.variables.isEmpty
                ? .text("")
                : .element(
                    "p", class: "quiet", [],
                    .text(
                        "Reports hold no secret and no right signature: set \(curl.variables.joined(separator: ", ")) first."
                    ))
            parts.append(Self.folded("curl", note, Self.command(curl.text)))
        }
        return parts
    }

    private static func folded(_ title: String, _ nodes: HTMLNode...) -> HTMLNode {
        .element("details", class: "more", [], of: [.element("summary", [], .text(title))] + nodes)
    }

    /// A command; one click selects all of it.
    static func command(_ text: String) -> HTMLNode {
        .element(
            "pre", class: "command",
            [.init("tabindex", "0"), .init("role", "group"), .init("aria-label", "Command")], ExchangeNode.lines(text))
    }
}

extension RunRecord.Evidence {
    /// About how many characters it becomes on a page: its own, marks and a part of them in hexadecimal, and a command.
    fileprivate var size: Int {
        let records = [control, probe].compactMap(\.self).map { $0.request.utf8.count + $0.answer.utf8.count }
        return 2500 + 2 * records.reduce(message.utf8.count, +) + steps.reduce(0) { $0 + $1.utf8.count + 10 }
    }
}
