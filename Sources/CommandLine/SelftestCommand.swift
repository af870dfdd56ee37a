internal import Arguments
internal import Bytes
internal import Catalogue
internal import Harness
internal import Reference
internal import ReportModel
internal import Reporting
internal import Schemes
internal import Selftest

/// `countersign selftest`: the kill matrix and the degenerate targets.
enum SelftestCommand {
    static let spec = CommandSpec(
        "selftest", abstract: "Proves the harness: every flaw caught for its reason, the sound endpoint by nothing.",
        discussion: "Starts an endpoint on loopback for each flaw and scheme, and runs every case against it.",
        options: [
            OptionSpec(
                "scheme", value: "name", help: "Only this scheme.", isRepeating: true,
                completion: .values(SchemeLibrary.names)),
            OptionSpec("flaw", value: "name", help: "Only this flaw.", isRepeating: true),
            OptionSpec("json", value: "file", help: "Write the kill matrix as JSON.", completion: .file),
            OptionSpec("html", value: "file", help: "Draw the kill matrix as a page.", completion: .file),
            OptionSpec(flag: "verbose", short: "v", help: "Print the cases that catch each flaw."),
        ])

    static func run(_ parsed: ParsedCommand) throws -> Int32 {
        let schemes = try parsed.values("scheme").map { try SchemeInput.scheme(named: $0, parsed) }
        let flaws = try parsed.values("flaw").map { name in
            guard let flaw = FlawRegistry.all.first(where: { $0.id == name }) else {
                throw parsed.error("Unknown flaw '\(printable(name))'.", help: "'countersign serve --flaws' lists them")
            }
            return flaw
        }
        let isWhole = schemes.isEmpty && flaws.isEmpty
        let line = Console.errIsTerminal ? ProgressLine() : nil
        let matrix = try KillMatrix.run(
            schemes: schemes.isEmpty ? SchemeLibrary.all : schemes, flaws: flaws.isEmpty ? FlawRegistry.all : flaws
        ) { line?.update(done: $0, total: $1) }
        let degenerate = isWhole ? try SchemeLibrary.scheme(named: "scaiwave").map(DegenerateRuns.run) ?? [] : []
        line?.finish()
        // A part of the matrix can't show that a case is useless, nor one scheme that a flaw is to be seen in none.
        let gaps = matrix.gaps.filter { gap in
            (isWhole || !gap.hasPrefix("the case ")) && (schemes.isEmpty || !gap.hasPrefix("nothing catches the flaw "))
        }
        Console.out(SelftestText.text(matrix, degenerate, gaps: gaps, verbose: parsed.flag("verbose")))
        if let path = parsed.value("json") {
            try ReportOutputs.write(SelftestJSON.bytes(matrix, degenerate, gaps: gaps), to: path)
        }
        if let path = parsed.value("html") {
            try ReportOutputs.write(
                SelftestPage.bytes(matrix, degenerate, gaps: gaps, version: toolVersion), to: path)
        }
        return gaps.isEmpty && degenerate.allSatisfy(\.isRight) ? 0 : 1
    }
}

/// The kill matrix for people.
enum SelftestText {
    static func text(
        _ matrix: KillMatrix, _ degenerate: [DegenerateRuns.Result], gaps: [String], verbose: Bool
    ) -> String {
        var lines = [String]()
        let sound = matrix.rows.filter { $0.flaw == nil }
        lines.append("sound endpoint")
        for row in sound {
            lines.append(
                "  \(row.scheme.padded(to: 20))\(row.cases) cases, \(row.caughtBy.count) not met, exit \(row.exit)")
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
                "  \(result.target.rawValue.padded(to: 20))exit \(result.exit), must be \(result.expectedExit); "
                    + "\(result.discriminating) discriminating passes" + (result.isRight ? "" : "   WRONG"))
        }
        let flawed = groups.flatMap(\.rows)
        let kills = flawed.count { !$0.declared.isEmpty }
        if !gaps.isEmpty { lines += ["gaps"] + gaps.map { "  \($0)" } }
        lines.append(
            "\(groups.count) flaws in \(flawed.count) flawed endpoints, \(kills) of them caught for their declared reason, "
                + "\(gaps.count) gaps, \(degenerate.count { $0.isRight }) of \(degenerate.count) degenerate targets right"
        )
        return lines.joined(separator: "\n")
    }
}

/// The kill matrix for machines.
enum SelftestJSON {
    static func bytes(_ matrix: KillMatrix, _ degenerate: [DegenerateRuns.Result], gaps: [String]) -> [UInt8] {
        let json: JSON = [
            "format": 1,
            "sound": .array(
                matrix.rows.filter { $0.flaw == nil }.map { row in
                    [
                        "scheme": .string(row.scheme), "cases": JSON(row.cases), "caughtBy": JSON(row.caughtBy),
                        "exit": JSON(row.exit),
                    ]
                }),
            "flaws": .array(
                matrix.rows.compactMap { row in
                    row.flaw.map { flaw in
                        [
                            "flaw": .string(flaw.id), "scheme": .string(row.scheme), "covers": JSON(flaw.covers),
                            "caughtBy": JSON(row.caughtBy), "declared": JSON(row.declared), "exit": JSON(row.exit),
                        ]
                    }
                }),
            "cases": .array(
                matrix.catches.map { entry in
                    [
                        "case": .string(entry.kase.id), "catches": JSON(entry.flaws),
                        "keptFor": entry.kase.keptFor.map { .string($0.reason) } ?? .null,
                    ]
                }),
            "degenerate": .array(
                degenerate.map { result in
                    [
                        "target": .string(result.target.rawValue), "exit": JSON(result.exit),
                        "expectedExit": JSON(result.expectedExit), "discriminating": JSON(result.discriminating),
                    ]
                }),
            "gaps": JSON(gaps),
        ]
        return json.serialized(.pretty)
    }
}
