internal import Bytes
internal import Catalogue
internal import Reference
internal import ReportModel
internal import Selftest

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
