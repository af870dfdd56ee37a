internal import Bytes
internal import Catalogue
internal import Reference
internal import ReportModel

/// The kill matrix for machines.
package enum SelftestJSON {
    package static func bytes(_ matrix: KillMatrix, _ degenerate: [DegenerateRuns.Result], gaps: [KillMatrix.Gap])
        -> [UInt8]
    {
        let json: JSON = [
            "format": 1,
            "sound": .array(
                matrix.rows.filter { $0.flaw == nil }.map { row in
                    [
                        "scheme": .string(row.scheme), "cases": JSON(row.cases), "caughtBy": JSON(row.caughtBy),
                        "exit": JSON(Int(row.exit.rawValue)),
                    ]
                }),
            "flaws": .array(
                matrix.rows.compactMap { row in
                    row.flaw.map { flaw in
                        [
                            "flaw": .string(flaw.id), "scheme": .string(row.scheme), "covers": JSON(flaw.covers),
                            "caughtBy": JSON(row.caughtBy), "declared": JSON(row.declared),
                            "exit": JSON(Int(row.exit.rawValue)),
                        ]
                    }
                }),
            "cases": .array(
                matrix.catches.map { entry in
                    [
                        "case": .string(entry.testCase.id), "catches": JSON(entry.flaws),
                        "keptFor": entry.testCase.keptFor.map { .string($0.reason) } ?? .null,
                    ]
                }),
            "degenerate": .array(
                degenerate.map { result in
                    [
                        "target": .string(result.target.rawValue), "selection": .string(result.selection),
                        "exit": JSON(Int(result.exit.rawValue)),
                        "expectedExit": JSON(Int(result.expectedExit.rawValue)),
                        "discriminating": JSON(result.discriminating),
                    ]
                }),
            "gaps": JSON(gaps.map(\.words)),
        ]
        return json.serialized(.pretty)
    }
}
