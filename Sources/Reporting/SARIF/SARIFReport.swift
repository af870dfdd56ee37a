internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes

/// A report as SARIF 2.1.0, in the part of it that GitHub's code scanning reads.
///
/// A finding without a place in a file is not shown there, so each is anchored to one line. Alerts are told apart by
/// `primaryLocationLineHash` alone; it is made from the scheme, the case and what was observed, so that moving the anchor
/// neither closes nor reopens an alert. What could not be judged is no alert: it makes the run unsuccessful.
enum SARIFReport {
    /// The most characters that GitHub takes in a description.
    private static let longestDescription = 1024

    static func bytes(of report: Report, _ context: ReportContext) -> [UInt8] {
        let judged = report.cases.filter { $0.outcome != .skipped }
        let places = Dictionary(judged.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let results = judged.filter { [.fail, .warn, .note].contains($0.outcome) }.map {
            result(CaseText(result: $0, report: report, context: context), rule: places[$0.id] ?? 0)
        }
        let driver: JSON = [
            "name": "countersign", "semanticVersion": .string(context.version),
            "rules": .array(judged.map(SARIFRule.json)),
        ]
        let run: JSON = [
            "tool": ["driver": driver],
            "automationDetails": ["id": .string("countersign/\(report.run.scheme)/\(report.run.id)")],
            "invocations": .array([invocation(report, context)]),
            "results": .array(results),
        ]
        let log: JSON = [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": .array([run]),
        ]
        return log.serialized(.pretty)
    }

    private static func result(_ text: CaseText, rule: Int) -> JSON {
        let result = text.result
        let level = result.outcome == .fail ? "error" : result.outcome == .warn ? "warning" : "note"
        let message = "\(text.message) Target: \(text.report.run.target). Fix: \(result.fix)"
        let properties: JSON = [
            "target": .string(printable(text.report.run.target)), "outcome": .string(result.outcome.rawValue),
            "impact": result.impact.map { .string($0.rawValue) } ?? .null,
        ]
        return [
            "ruleId": .string(printable(result.id)), "ruleIndex": JSON(rule), "level": .string(level),
            "message": ["text": .string(printable(message))],
            "locations": .array([location(text.context.anchor)]),
            "partialFingerprints": ["primaryLocationLineHash": .string(fingerprint(text))],
            "properties": properties,
        ]
    }

    private static func location(_ anchor: SourceAnchor) -> JSON {
        let region: JSON = [
            "startLine": JSON(anchor.line), "startColumn": 1, "endLine": JSON(anchor.line), "endColumn": 2,
        ]
        return ["physicalLocation": ["artifactLocation": ["uri": .string(uri(anchor.path))], "region": region]]
    }

    private static func fingerprint(_ text: CaseText) -> String {
        let observed = text.result.observed?.observation?.rawValue ?? "none"
        let parts = [text.report.run.scheme, text.result.id, text.result.impact?.rawValue ?? "none", observed]
        let digest = HashFunction.sha256.digest(Array(parts.joined(separator: "\n").utf8))
        return Hex.string(digest.prefix(8)) + ":1"
    }

    private static func invocation(_ report: Report, _ context: ReportContext) -> JSON {
        var notifications = [JSON]()
        func notify(_ text: String, _ level: String) {
            notifications.append(["level": .string(level), "message": ["text": .string(printable(text))]])
        }
        if let problem = report.problem { notify(problem, "error") }
        for (reason, ids) in report.groupedByReason(.inconclusive) {
            notify("\(counted(ids.count, "inconclusive case")): \(reason?.words(context) ?? ids[0])", "error")
        }
        for remark in report.run.remarks { notify(remark.words(context), "note") }
        let ended = report.record.started.addingReportingOverflow(Int64(report.record.nanoseconds / 1_000_000_000))
        return [
            "executionSuccessful": .bool(report.exit == .success || report.exit == .failure),
            "exitCode": JSON(Int(report.exit.rawValue)), "exitCodeDescription": .string(report.meaning),
            "startTimeUtc": .string(ISOTime.text(report.record.started)),
            "endTimeUtc": .string(ISOTime.text(ended.partialValue)),
            "toolExecutionNotifications": .array(notifications),
        ]
    }

    /// A relative reference (RFC 3986), in which a colon would begin a scheme.
    private static func uri(_ path: String) -> String {
        path.utf8.map { byte in
            let isPlain =
                ASCII.isTokenCharacter(byte) && !"!#$%&'*+^`|".utf8.contains(byte) || byte == UInt8(ascii: "/")
            return isPlain ? String(UnicodeScalar(byte)) : "%" + Hex.string([byte]).uppercased()
        }.joined()
    }

    /// Returns a description that is no longer than GitHub takes.
    static func description(_ text: String) -> JSON {
        let text = printable(text)
        let scalars = text.unicodeScalars
        let short = String(String.UnicodeScalarView(scalars.prefix(longestDescription - 1))) + "…"
        return ["text": .string(scalars.count <= longestDescription ? text : short)]
    }
}

extension ReportFormat {
    /// For code scanning.
    static let sarif = ReportFormat("sarif", title: "SARIF, for code scanning", fileName: "report.sarif") {
        SARIFReport.bytes(of: $0, $1)
    }
}
