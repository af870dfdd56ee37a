internal import Bytes
internal import ReportModel

/// The kill matrix for people.
package enum SelftestText {
    package static func text(
        _ matrix: KillMatrix, _ degenerate: [DegenerateRuns.Result], gaps: [KillMatrix.Gap], verbose: Bool
    ) -> String {
        var lines = [String]()
        let sound = matrix.rows.filter { $0.flaw == nil }
        lines.append("sound endpoint")
        for row in sound {
            lines.append(
                "  \(row.scheme.padded(to: 20))\(row.cases) cases, \(row.caughtBy.count) not met, exit \(row.exit.rawValue)"
            )
        }
        lines.append("flaws")
        let groups = matrix.rowsByFlaw
        let width = (groups.map { $0.flaw.utf8.count }.max() ?? 0) + 2
        for (flaw, rows) in groups {
            let seen = rows.filter { !$0.declared.isEmpty }
            let kills = Set(seen.flatMap(\.declared)).count
            let schemes = seen.count == rows.count ? "every scheme" : "\(seen.count) of \(rows.count) schemes"
            lines.append("  \(flaw.padded(to: width))\(kills) declared cases in \(schemes)")
            if verbose {
                for row in rows { lines.append("    \(row.scheme): \(row.caughtBy.joined(separator: ", "))") }
            }
        }
        if !degenerate.isEmpty { lines.append("degenerate targets") }
        for result in degenerate {
            lines.append(
                "  \(result.name.padded(to: 44))exit \(result.exit.rawValue), expected \(result.expectedExit.rawValue); "
                    + "\(result.discriminating) discriminating passes" + (result.isRight ? "" : "   WRONG"))
        }
        let flawed = groups.flatMap(\.rows)
        let kills = flawed.count { !$0.declared.isEmpty }
        if !gaps.isEmpty { lines += ["gaps"] + gaps.map { "  \($0.words)" } }
        lines.append(
            "\(groups.count) flaws in \(flawed.count) flawed endpoints, \(kills) of them caught for their declared reason, "
                + "\(matrix.rows.count { $0.isOverHTTP }) endpoints over HTTP and the rest in process, \(gaps.count) gaps, \(degenerate.count { $0.isRight }) of \(degenerate.count) degenerate targets right"
        )
        return lines.joined(separator: "\n")
    }
}
