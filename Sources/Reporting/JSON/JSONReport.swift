package import Bytes
package import ReportModel
internal import Schemes

/// The canonical form of a report. Every other format is derived from it.
///
/// The same inputs and seed give the same bytes outside the `timing` block (honesty rule 10), so that block holds
/// whatever differs from run to run: times, the clocks' distance, requests and answers.
package enum JSONReport {
    /// The version of the format; it changes when a reader of the old one would be misled.
    package static let format = 1

    /// Writes a report.
    ///
    /// - Parameters:
    ///   - report: the report.
    ///   - version: the version of the tool that made it.
    /// - Returns: UTF-8 text, laid out for people and diffs, with a newline at the end.
    package static func bytes(of report: Report, version: String) -> [UInt8] {
        let value: JSON = [
            "format": JSON(format),
            "complete": .bool(report.complete),
            "exit": JSON(Int(report.exit.rawValue)),
            "tool": ["name": "countersign", "version": .string(version)],
            "run": run(report.run),
            "summary": .object(report.summary.counts.map { JSON.Member($0.name, JSON($0.count)) }),
            "cause": cause(report.cause),
            "gate": gate(report.gate),
            "measurements": measurements(report.measurements),
            "diagnosis": .array(report.diagnosis.map(diagnosis)),
            "clauses": .array(clauses(of: report.cases).map(clause)),
            "cases": .array(report.cases.map(result)),
            "timing": timing(report),
        ]
        return value.serialized(.pretty)
    }

    private static func run(_ run: Report.RunDescription) -> JSON {
        [
            "id": .string(run.id),
            "scheme": .string(run.scheme),
            "payload": .string(run.payload),
            "target": .string(run.target),
            "level": .string(run.level.rawValue),
            "enforce": .string(run.enforce.rawValue),
            "profile": .string(run.profile.rawValue),
            "selection": selection(run.selection),
            "seed": .number(String(run.seed)),
            "vectors": .string(run.vectors),
            "remarks": .array(run.remarks.map(remark)),
        ]
    }

    private static func selection(_ selection: Selection) -> JSON {
        let shard: JSON =
            selection.shard.map { ["number": JSON($0.number), "count": JSON($0.count)] } ?? .null
        return ["only": JSON(selection.only), "skip": JSON(selection.skip), "shard": shard]
    }

    private static func documented(_ limits: Measurements.Documented) -> JSON {
        [
            "past": number(limits.past), "future": number(limits.future), "grace": number(limits.grace),
            "memory": number(limits.memory),
        ]
    }

    /// Returns what was measured, as it is in the report.
    package static func measurements(_ measured: Measurements) -> JSON {
        let window: JSON =
            measured.window.map { ["past": number($0.past), "future": number($0.future)] } ?? .null
        let transport = TransportFeature.allCases.compactMap { feature in
            measured.transport[feature].map { JSON.Member(feature.rawValue, delivery($0)) }
        }
        let grace: JSON =
            measured.grace.map { ["seconds": number($0.seconds), "uncertainty": number($0.uncertainty)] } ?? .null
        let memory: JSON =
            measured.memory.map { ["atLeast": number($0.atLeast), "lessThan": number($0.lessThan)] } ?? .null
        let failed = Measurements.Quantity.allCases.filter(measured.failed.contains).map(\.rawValue)
        return [
            "window": window, "grace": grace, "memory": memory, "documented": documented(measured.documented),
            "transport": .object(transport), "comparisons": comparisons(measured.comparisons), "failed": JSON(failed),
        ]
    }

    /// The clauses that the cases test, once each, in the order in which they first appear.
    private static func clauses(of cases: [CaseResult]) -> [Clause] {
        var seen = Set<String>()
        return cases.flatMap(\.clauses).filter { seen.insert($0.id).inserted }
    }

    private static func clause(_ clause: Clause) -> JSON {
        [
            "id": .string(clause.id),
            "text": .string(clause.text),
            "level": .string(clause.level.rawValue),
            "place": .string(clause.place),
            "topics": JSON(clause.topics.map(\.rawValue)),
        ]
    }

    private static func result(_ result: CaseResult) -> JSON {
        [
            "id": .string(result.id),
            "family": .string(result.family),
            "title": .string(result.title),
            "level": .string(result.level.rawValue),
            "topic": .string(result.topic.rawValue),
            "severity": .string(result.severity.rawValue),
            "cwe": .array(result.cwe.map { JSON($0) }),
            "clauses": JSON(result.clauses.map(\.id)),
            "covers": JSON(result.covers),
            "outcome": .string(result.outcome.rawValue),
            "impact": text(result.impact?.rawValue),
            "reason": reason(result.reason),
            "excuse": excuse(result.excuse),
            "expected": [
                "observation": .string(result.expected.decision.rawValue),
                "statuses": .array(result.expected.statuses.map { JSON($0) }),
            ],
            "observed": result.observed.map(observed) ?? .null,
            "control": result.control.map(observed) ?? .null,
            "why": .string(result.why),
            "fix": .string(result.fix),
            "evidence": ["changes": JSON(result.changes.words)],
        ]
    }

    static func observed(_ observed: CaseResult.Observed) -> JSON {
        [
            "observation": text(observed.observation?.rawValue),
            "status": number(observed.status.map(Int64.init)),
            "failure": text(observed.failure),
            "effect": observed.effect.map(JSON.bool) ?? .null,
        ]
    }

    private static func timing(_ report: Report) -> JSON {
        let record = report.record
        let clock: JSON =
            report.measurements.clock.map { ["seconds": number($0.seconds), "uncertainty": number($0.uncertainty)] }
            ?? .null
        let evidence = record.evidence.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return [
            "started": number(record.started),
            "nanoseconds": .number(String(record.nanoseconds)),
            "exchanges": JSON(record.exchanges),
            "nonce": .string(record.nonce),
            "clock": clock,
            "evidence": .object(
                evidence.map { id, evidence in
                    let value: JSON = [
                        "control": exchange(evidence.control),
                        "probe": exchange(evidence.probe),
                        "message": .string(evidence.message),
                        "steps": JSON(evidence.steps),
                    ]
                    return JSON.Member(id, value)
                }),
        ]
    }

    private static func exchange(_ record: RunRecord.Record?) -> JSON {
        guard let record else { return .null }
        return [
            "request": .string(record.request),
            "answer": .string(record.answer),
            "nanoseconds": .number(String(record.nanoseconds)),
        ]
    }

    static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

    private static func number(_ number: Int64?) -> JSON { number.map { .number(String($0)) } ?? .null }

    /// JSON cannot express numbers that are not finite.
    private static func number(_ number: Double) -> JSON { number.isFinite ? .number(String(number)) : .null }
}

extension Report.Summary {
    /// The totals with their names, in the order in which they are reported.
    var counts: [(name: String, count: Int)] {
        [
            ("cases", cases), ("passed", passed), ("failed", failed), ("warned", warned), ("noted", noted),
            ("waived", waived), ("inconclusive", inconclusive), ("skipped", skipped),
            ("discriminating", discriminating),
        ]
    }
}

extension ReportFormat {
    /// The canonical form.
    static let json = ReportFormat("json", title: "JSON", fileName: "report.json") {
        JSONReport.bytes(of: $0, version: $1.version)
    }
}
