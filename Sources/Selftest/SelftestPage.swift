internal import Catalogue
internal import Harness
internal import Reference
internal import ReportModel
internal import Reporting
internal import Schemes
internal import Subjects
internal import Transport

/// The kill matrix as a page for reviewers: is each flaw caught for its reason, and which cases are needed?
package enum SelftestPage {
    /// Writes the page.
    ///
    /// - Parameters:
    ///   - matrix: the rows of flaws and schemes.
    /// - degenerate: the results for the degenerate targets; empty when they were not run.
    ///   - gaps: what the matrix does not prove.
    ///   - version: the version of the tool that ran it.
    /// - Returns: a self-contained HTML document in UTF-8.
    package static func bytes(
        _ matrix: KillMatrix, _ degenerate: [DegenerateRuns.Result], gaps: [KillMatrix.Gap], version: String
    ) -> [UInt8] {
        let body = SelftestBody(matrix: matrix, degenerate: degenerate, gaps: gaps, version: version)
        return HTMLPage(title: "Countersign \(version): the kill matrix", body: body.nodes).bytes
    }
}

/// The sections of the page, in the order of a reviewer's questions.
struct SelftestBody {
    let matrix: KillMatrix
    let degenerate: [DegenerateRuns.Result]
    let gaps: [KillMatrix.Gap]
    let version: String

    /// The schemes of the run, in their order.
    var schemes: [String] {
        matrix.rows.reduce(into: []) { names, row in if !names.contains(row.scheme) { names.append(row.scheme) } }
    }

    var nodes: [HTMLNode] {
        let flaws = matrix.rowsByFlaw.compactMap { FlawView(rows: $0.rows) }
        return [head(flaws), gapSection, soundSection] + degenerateSection + matrixSection(flaws)
            + flawSection(flaws) + caseSection
    }

    private func head(_ flaws: [FlawView]) -> HTMLNode {
        let flawed = flaws.flatMap(\.rows)
        let run = matrix.rows.reduce(0) { $0 + $1.cases }
        let counts: [(Int, String)] = [
            (flaws.count, "flaws"), (schemes.count, "schemes"), (flawed.count, "flawed endpoints"),
            (flawed.count { !$0.declared.isEmpty }, "of them caught for their declared reason"), (run, "cases run"),
            (gaps.count, "gaps"),
        ]
        return .element(
            "header", [],
            .element("h1", [], "The kill matrix"),
            .element(
                "p", class: "quiet", [],
                .text(
                    "Countersign \(version). Each flaw is a defect built into the reference endpoint, one at a time. "
                        + "Every quick case runs against every flawed endpoint, and every slow one against the flaws "
                        + "that it is declared to catch: in process, and over HTTP for the sound endpoints and for "
                        + "flaws that show on the wire. A flaw is caught for its reason when a case that it declares "
                        + "is not met. A sound endpoint must meet every case.")),
            .element(
                "ul", class: "counts",
                of: counts.map { .element("li", [], .element("b", [], "\($0.0)"), .text($0.1)) }))
    }

    private var gapSection: HTMLNode {
        guard !gaps.isEmpty else {
            return section("Gaps", [.element("p", class: "good", [], "✓ None: each flaw is caught for its reason.")])
        }
        return section(
            "Gaps", [.element("ul", class: "bad", of: gaps.map { .element("li", [], .text("✗ \($0.words)")) })])
    }

    private var soundSection: HTMLNode {
        let rows: [HTMLNode] = matrix.rows.filter { $0.flaw == nil }.map { row in
            let isRight = row.exit == .success && row.caughtBy.isEmpty
            return .element(
                "tr", [], .element("th", class: "id", [.init("scope", "row")], .text(row.scheme)),
                number(row.cases), number(row.caughtBy.count), number(Int(row.exit.rawValue)),
                verdict(isRight, isRight ? "sound" : row.caughtBy.joined(separator: ", ")))
        }
        return section(
            "Sound endpoints",
            [
                note(
                    "Every level is run and hardening is enforced. Each case must be met, and the run must exit with 0."
                ),
                table(["scheme", "#cases", "#not met", "#exit", "verdict"], rows),
            ])
    }

    private var degenerateSection: [HTMLNode] {
        guard !degenerate.isEmpty else { return [] }
        let rows: [HTMLNode] = degenerate.map { result in
            .element(
                "tr", [], .element("th", class: "id", [.init("scope", "row")], .text(result.name)),
                number(Int(result.exit.rawValue)), number(Int(result.expectedExit.rawValue)),
                number(result.discriminating),
                verdict(result.isRight, result.isRight ? "right" : "wrong"))
        }
        return [
            section(
                "Degenerate targets",
                [
                    note(
                        "Targets that make no decision. None may be found conformant, and none may score a "
                            + "discriminating pass."
                    ),
                    table(["target", "#exit", "#expected exit", "#discriminating passes", "verdict"], rows),
                ])
        ]
    }
}

/// The parts of a section.
extension SelftestBody {
    func section(_ title: String, _ nodes: [HTMLNode]) -> HTMLNode {
        .element("section", of: [.element("h2", [], .text(title))] + nodes)
    }

    func note(_ text: String) -> HTMLNode { .element("p", class: "quiet", [], .text(text)) }

    /// Returns a table that scrolls on its own on a small screen; `#` marks a column of numbers.
    private func table(_ columns: [String], _ rows: [HTMLNode]) -> HTMLNode {
        let cells: [HTMLNode] = columns.map { column in
            column.hasPrefix("#")
                ? .element("th", class: "n", [.init("scope", "col")], .text(String(column.dropFirst())))
                : .element("th", [.init("scope", "col")], .text(column))
        }
        return .element(
            "div", class: "scroll", [],
            .element(
                "table", [], .element("thead", [], .element("tr", of: cells)), .element("tbody", of: rows)))
    }

    func number(_ number: Int) -> HTMLNode { .element("td", class: "n", [], "\(number)") }

    private func verdict(_ isRight: Bool, _ text: String) -> HTMLNode {
        .element("td", class: isRight ? "good" : "bad", [], .text("\(isRight ? "✓" : "✗") \(text)"))
    }
}
