internal import Bytes
internal import ReportModel
internal import Schemes

/// A case as a rule of SARIF, with what GitHub shows of one.
enum SARIFRule {
    static func json(_ result: CaseResult) -> JSON {
        let level = result.level == .must ? "error" : result.level == .should ? "warning" : "note"
        let help: JSON = ["text": .string(text(result)), "markdown": .string(markdown(result))]
        return [
            "id": .string(printable(result.id)), "name": .string(name(result)),
            "shortDescription": SARIFReport.description(result.title),
            "fullDescription": SARIFReport.description("\(result.title) \(result.why)"),
            "help": help, "defaultConfiguration": ["level": .string(level)],
            "properties": properties(result),
        ]
    }

    /// GitHub takes 255 characters.
    private static func name(_ result: CaseResult) -> String {
        String(String.UnicodeScalarView(printable(result.id).unicodeScalars.prefix(255)))
    }

    /// With a CWE number a rule is about security; without, GitHub would show its severity as one of security.
    private static func properties(_ result: CaseResult) -> JSON {
        let weaknesses = result.cwe.map { "external/cwe/cwe-\($0)" }
        let tags = (weaknesses.isEmpty ? ["conformance"] : ["security"]) + [result.family] + weaknesses
        var members = [JSON.Member("tags", JSON(Array(tags.prefix(10)))), JSON.Member("precision", "very-high")]
        if !weaknesses.isEmpty, let severity = securitySeverity(result.severity) {
            members.append(JSON.Member("security-severity", .string(severity)))
        }
        return .object(members)
    }

    /// GitHub's bands: above 9 critical, from 7 high, from 4 medium, above 0 low.
    private static func securitySeverity(_ severity: Severity) -> String? {
        switch severity {
        case .critical: "9.5"
        case .high: "8.0"
        case .medium: "5.5"
        case .low: "2.0"
        case .info: nil
        }
    }

    private static func text(_ result: CaseResult) -> String {
        let clauses = result.clauses.map { "The document: \($0.text) (\($0.level.rawValue); \($0.place))" }
        return ([result.why, "Fix: \(result.fix)"] + clauses + ["countersign explain \(result.id)"])
            .map(printable).joined(separator: "\n")
    }

    private static func markdown(_ result: CaseResult) -> String {
        var parts = [MarkdownText.escaped(result.why), "**Fix.** " + MarkdownText.escaped(result.fix)]
        parts += result.clauses.map {
            "> \(MarkdownText.escaped($0.text)) (\($0.level.rawValue); \(MarkdownText.escaped($0.place)))"
        }
        parts += result.cwe.map { "[CWE-\($0)](https://cwe.mitre.org/data/definitions/\($0).html)" }
        parts.append(MarkdownText.code("countersign explain \(result.id)"))
        return parts.joined(separator: "\n\n")
    }
}
