internal import Catalogue
internal import Harness
internal import Reference
internal import ReportModel
internal import Reporting
internal import Subjects
internal import Transport

extension SelftestBody {
    /// The most flaws of a case that are named; the rest are counted.
    private static let named = 4

    /// What each case catches: its flaws, those first that few other cases catch.
    var caseSection: [HTMLNode] {
        let catches = matrix.catches.filter { !$0.flaws.isEmpty || $0.testCase.keptFor != nil }
        var catchers = [String: Int]()
        for entry in catches { for flaw in entry.flaws { catchers[flaw, default: 0] += 1 } }
        let families = catches.map(\.testCase.family).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let lists = families.map { family -> HTMLNode in
            let members = catches.filter { $0.testCase.family == family }
            let rows = members.map { row($0.testCase, $0.flaws, catchers) }
            let alone = members.count { $0.flaws.contains { catchers[$0] == 1 } }
            return .element(
                "details", [],
                .element(
                    "summary", [], .element("b", [], .text(family)),
                    .text(" \(members.count) cases, \(alone) of which catch a flaw that no other case catches")),
                .element("div", class: "scroll", [], .element("table", [], .element("tbody", of: rows))))
        }
        return [
            section(
                "What each case catches",
                [
                    note(
                        "The number of flaws that the case catches in any scheme, followed "
                            + "by the rarest of them with the number of cases that catch each. "
                            + "★ marks a flaw that no other case catches. A case that catches nothing here "
                            + "is kept for the reason beside it."
                    )
                ] + lists)
        ]
    }

    private func row(_ testCase: Case, _ flaws: [String], _ catchers: [String: Int]) -> HTMLNode {
        let rarest = flaws.enumerated().sorted {
            (catchers[$0.element] ?? 0, $0.offset) < (catchers[$1.element] ?? 0, $1.offset)
        }.map(\.element)
        var nodes = rarest.prefix(Self.named).flatMap { flaw -> [HTMLNode] in
            let count = catchers[flaw] ?? 0
            return [
                .element("a", class: "id", [.link(to: "flaw-\(flaw)")], .text(flaw)),
                .element("span", class: count == 1 ? "good" : "quiet", [], .text(count == 1 ? " ★  " : " \(count)  ")),
            ]
        }
        if rarest.count > Self.named {
            nodes.append(.element("span", class: "quiet", [], "and \(rarest.count - Self.named) more"))
        }
        if let reason = testCase.keptFor?.reason { nodes.append(.element("span", class: "quiet", [], .text(reason))) }
        return .element(
            "tr", [.init("id", "case-\(testCase.id)")],
            .element("th", class: "id", [.init("scope", "row")], .text(testCase.id)), number(flaws.count),
            .element("td", of: nodes))
    }
}
