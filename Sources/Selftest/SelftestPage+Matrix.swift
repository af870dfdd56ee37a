internal import Catalogue
internal import Harness
internal import Reference
internal import ReportModel
internal import Reporting
internal import Schemes
internal import Subjects
internal import Transport

/// One flaw over the schemes.
struct FlawView {
    let rows: [KillMatrix.Row]
    let flaw: Flaw

    /// Creates a view of the rows of one flaw; `nil` for rows of sound endpoints.
    init?(rows: [KillMatrix.Row]) {
        guard let flaw = rows.first?.flaw else { return nil }
        self.rows = rows
        self.flaw = flaw
    }

    /// The family of the first declared case, where a reviewer looks for the flaw.
    var family: String { flaw.caughtBy.first.map { String($0.pattern.prefix { $0 != "/" }) } ?? "" }

    /// The anchor of its description.
    var anchor: String { "flaw-\(flaw.id)" }

    var isCaught: Bool { rows.contains { !$0.declared.isEmpty } }

    /// The declared cases that catch it, each with the number of schemes.
    var declared: [(id: String, schemes: Int)] { counted(rows.map(\.declared)) }

    /// The number of other cases in each family that catch it.
    var others: [(family: String, cases: Int)] {
        let ids = counted(rows.map { row in row.caughtBy.filter { !flaw.isCaught(by: $0) } }).map(\.id)
        return ids.reduce(into: []) { families, id in
            let family = String(id.prefix { $0 != "/" })
            if let place = families.firstIndex(where: { $0.family == family }) {
                families[place].cases += 1
            } else {
                families.append((family, 1))
            }
        }
    }

    private func counted(_ lists: [[String]]) -> [(id: String, schemes: Int)] {
        var counts = [String: Int]()
        for id in lists.joined() { counts[id, default: 0] += 1 }
        return Catalogue.all.compactMap { testCase in counts[testCase.id].map { (testCase.id, $0) } }
    }
}

extension SelftestBody {
    /// Returns a table for each family of cases, with flaws down and schemes across.
    func matrixSection(_ flaws: [FlawView]) -> [HTMLNode] {
        let families = flaws.map(\.family).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let legend: HTMLNode = .element(
            "p", class: "quiet", [],
            .element("b", class: "good", [], "● n"), " caught by n of the cases that the flaw declares; ",
            .element("b", class: "odd", [], "◐ n"), " caught only by n other cases; ",
            "○ not visible in this scheme; empty where the flaw does not apply.")
        return [section("Flaws by scheme", [legend] + families.map { familyTable($0, flaws) })]
    }

    private func familyTable(_ family: String, _ flaws: [FlawView]) -> HTMLNode {
        let flaws = flaws.filter { $0.family == family }
        let columns: [HTMLNode] =
            [.element("th", [.init("scope", "col")], "flaw")]
            + schemes.map { .element("th", class: "s", [.init("scope", "col")], .text($0)) }
        let rows: [HTMLNode] = flaws.map { view in
            let name: HTMLNode = .element(
                "th", class: "id", [.init("scope", "row")],
                .element("a", [.link(to: view.anchor)], .text((view.isCaught ? "" : "✗ ") + view.flaw.id)))
            let cells = schemes.map { scheme in cell(view.rows.first { $0.scheme == scheme }) }
            return view.isCaught
                ? .element("tr", of: [name] + cells) : .element("tr", class: "gap", of: [name] + cells)
        }
        let caught = flaws.count(where: \.isCaught)
        return .element(
            "div", class: "scroll", [],
            .element(
                "table", class: "matrix", [],
                .element("caption", [], .text("\(family): \(caught) of \(flaws.count) caught for their reason")),
                .element("thead", [], .element("tr", of: columns)), .element("tbody", of: rows)))
    }

    private func cell(_ row: KillMatrix.Row?) -> HTMLNode {
        guard let row else { return .element("td") }
        if !row.declared.isEmpty { return .element("td", class: "kill", [], "● \(row.declared.count)") }
        if !row.caughtBy.isEmpty { return .element("td", class: "other", [], "◐ \(row.caughtBy.count)") }
        return .element("td", class: "unseen", [], "○")
    }

    /// Returns a description of each flaw and what catches it.
    func flawSection(_ flaws: [FlawView]) -> [HTMLNode] {
        let note = note(
            "The declared cases, at most \(Self.declaredNamed) by name, each with the number of schemes in which it "
                + "catches the flaw. Other cases are counted by family."
        )
        return [section("What catches each flaw", [note] + flaws.map(details))]
    }

    /// The most declared cases of a flaw that are named; the rest are counted.
    private static let declaredNamed = 24

    private func details(_ view: FlawView) -> HTMLNode {
        let flaw = view.flaw
        let seen = view.rows.count { !$0.declared.isEmpty }
        let summary: HTMLNode = .element(
            "summary", [],
            .element("span", class: "id", [], .element("b", [], .text(flaw.id))),
            .element(
                "span", class: view.isCaught ? "good" : "bad", [],
                " \(view.isCaught ? "✓" : "✗") \(seen) of \(view.rows.count) schemes "),
            .element("span", class: "quiet", [], .text(flaw.title)))
        let entries = flaw.covers.map { id in Weakness.named(id).map { "\(id) \($0.title)" } ?? id }
        var declared = view.declared.prefix(Self.declaredNamed).map { item -> HTMLNode in
            .element(
                "li", [],
                .element("a", class: "id", [.link(to: "case-\(item.id)")], .text(item.id)),
                .element("span", class: "quiet", [], " \(item.schemes)"))
        }
        let rest = view.declared.count - declared.count
        if rest > 0 { declared.append(.element("li", class: "quiet", [], "and \(rest) more")) }
        let idle = flaw.caughtBy.filter { glob in !view.declared.contains { glob.matches($0.id) } }.map(\.pattern)
        let others = view.others.map { "\($0.family) \($0.cases)" }.joined(separator: ", ")
        var parts = [summary, HTMLNode.element("p", [], .text(flaw.explanation))]
        if !entries.isEmpty { parts.append(.element("p", class: "quiet", [], .text(entries.joined(separator: " · ")))) }
        parts.append(
            declared.isEmpty
                ? .element("p", class: "bad", [], "No declared case catches it.") : .element("ul", of: declared))
        if !idle.isEmpty {
            let globs = idle.joined(separator: ", ")
            parts.append(.element("p", class: "odd", [], .text("also declared, but did not catch it: \(globs)")))
        }
        if !others.isEmpty { parts.append(.element("p", class: "quiet", [], .text("others: \(others)"))) }
        return .element("details", [.init("id", view.anchor)], of: parts)
    }
}
