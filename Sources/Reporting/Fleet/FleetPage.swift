internal import Bytes
package import ReportModel

/// The verdicts of a fleet as a page: those that need somebody first.
package enum FleetPage {
    /// Writes the page.
    package static func bytes(of report: FleetReport, version: String) -> [UInt8] {
        let title = "A fleet of \(counted(report.verdicts.count, "target"))"
        let counts: [(Int, String)] = [
            (report.count(.success), "conformant"), (report.count(.failure), "not conformant"),
            (report.count(.inconclusive), "inconclusive"),
        ]
        let items = counts.map { count, word -> HTMLNode in
            .element("li", [], .element("b", [], .text(String(count))), .text(word))
        }
        let subtitle =
            "Countersign \(version), seed \(report.seed), exit \(report.exit.rawValue) (\(report.exit.meaning))"
            + (report.complete ? "" : "; not every target was judged")
        let header: HTMLNode = .element(
            "header", [], .element("h1", [], .text(title)), .element("p", class: "quiet", [], .text(subtitle)),
            .element("ul", class: "counts", of: items))
        let sorted = report.verdicts.sorted { rank($0.exit) < rank($1.exit) }
        let names = ["target", "verdict", "failed", "passed", "waived", "inconclusive", "skipped", "first failures"]
        let head: HTMLNode = .element(
            "thead", [],
            .element("tr", of: names.map { .element("th", [.init("scope", "col")], .text($0)) }))
        let table: HTMLNode = .element(
            "table", [], .element("caption", [], "Failures first"), head, .element("tbody", of: sorted.map(row)))
        let main: HTMLNode = .element("main", [], header, .element("div", class: "scroll", [], table))
        return HTMLPage(title: title, body: [main]).bytes
    }

    private static func rank(_ exit: ExitStatus) -> Int {
        switch exit {
        case .failure: 0
        case .success: 2
        default: 1
        }
    }

    private static func row(_ verdict: FleetVerdict) -> HTMLNode {
        let ink: StaticString = verdict.exit == .success ? "good" : verdict.exit == .failure ? "bad" : "odd"
        let summary = verdict.summary
        let numbers = [
            summary.failed, summary.passed, summary.waived, summary.inconclusive, summary.skipped,
        ].map { number -> HTMLNode in .element("td", class: "n", [], .text(String(number))) }
        let failures = verdict.failures.prefix(3).joined(separator: ", ") + (summary.failed > 3 ? " …" : "")
        let name: HTMLNode = .element(
            "th", [.init("scope", "row")], .text(verdict.name), .element("br"),
            .element("code", class: "quiet", [], .text(verdict.target)))
        return .element(
            "tr",
            of: [name, .element("td", class: ink, [], .text("\(verdict.meaning) (\(verdict.scheme))"))] + numbers
                + [.element("td", [], .element("code", [], .text(failures)))])
    }
}
