internal import Arguments
internal import Bytes
internal import Catalogue
internal import Cryptography
internal import Harness
internal import ReportModel
internal import Schemes
internal import Selftest
internal import Transport

/// `countersign explain CASE`: everything about one case, with the bytes of its vector.
enum ExplainCommand {
    static let spec = CommandSpec(
        "explain", abstract: "Explains a case: recipe, bytes, signed message, why it matters, how to mend it.",
        discussion:
            "The bytes are those of the vector: a fixed clock, and a secret that is published and never for use.",
        arguments: [ArgumentSpec("case", help: "The id of a case, such as timestamp/future-one-year.")],
        options: [SharedOptions.scheme])

    static func run(_ parsed: ParsedCommand) throws -> Int32 {
        guard let id = parsed.argument("case") else { throw parsed.missing(argument: "case") }
        guard let kase = Catalogue.description(of: id) else {
            let nearest = Suggestion.nearest(id, among: Catalogue.descriptions.map(\.id))
            throw parsed.error(
                "Unknown case '\(printable(id))'."
                    + (nearest.isEmpty ? "" : " Did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"),
                help: "'countersign list' shows them all")
        }
        let scheme = try scheme(for: kase, parsed)
        switch kase {
        case let kase as Case: Console.out(text(kase, scheme))
        case let scenario as Scenario: Console.out(text(scenario, scheme))
        default: return 70
        }
        return 0
    }

    private static func scheme(for kase: some CaseDescription, _ parsed: ParsedCommand) throws -> Scheme {
        if parsed.isGiven("scheme") {
            let scheme = try SchemeInput.scheme(parsed)
            guard kase.applies(to: scheme) else {
                let others = SchemeLibrary.all.filter { kase.applies(to: $0) }.map(\.id)
                throw parsed.error(
                    "The case \(kase.id) does not apply to \(scheme.id); it applies to \(others.joined(separator: ", "))."
                )
            }
            return scheme
        }
        guard let scheme = SchemeLibrary.all.first(where: { kase.applies(to: $0) }) else {
            throw parsed.error("The case \(kase.id) applies to no built-in scheme; name yours with --scheme.")
        }
        return scheme
    }

    /// A scenario has no frozen bytes: what it sends depends on what came back.
    private static func text(_ scenario: Scenario, _ scheme: Scheme) -> String {
        var lines = head(scenario, scheme)
        lines.append("expect   \(decision(scenario.expects))")
        let facilities = scenario.facilities.map(\.options).sorted()
        if !facilities.isEmpty { lines.append("needs    \(facilities.joined(separator: ", and "))") }
        let seconds = scenario.waits(scheme)
        if seconds > 0 { lines.append("waits    \(seconds) s of the target's time, beside other cases") }
        lines += clauses(scenario, scheme)
        let steps = Rehearsal.steps(of: scenario, in: scheme)
        if !steps.isEmpty {
            lines += [
                "",
                "What it does, played just now against the sound endpoint of this tool, by the scheme \(scheme.id):",
                "",
            ]
            lines += steps.prefix(stepsShown).map { "  \($0)" }
            if steps.count > stepsShown { lines.append("  … \(steps.count - stepsShown) more") }
        }
        return lines.joined(separator: "\n")
    }

    private static let stepsShown = 24

    private static func head(_ kase: some CaseDescription, _ scheme: Scheme) -> [String] {
        [
            "\(kase.id)  \(kase.level(in: scheme).rawValue) · \(kase.severity.rawValue)"
                + (kase.cwe.isEmpty ? "" : " · \(kase.cwe.map { "CWE-\($0)" }.joined(separator: " "))")
                + (kase.covers.isEmpty ? "" : " · \(kase.covers.joined(separator: " "))"),
            kase.title, "",
            "why      \(kase.why)", "fix      \(kase.fix)",
        ]
    }

    private static func clauses(_ kase: some CaseDescription, _ scheme: Scheme) -> [String] {
        scheme.clauses(on: kase.topic).map {
            "clause   \(scheme.id) \($0.id) (\($0.level.rawValue)): \($0.text) [\($0.place)]"
        }
    }

    private static func text(_ kase: Case, _ scheme: Scheme) -> String {
        let vector = Vector(kase, scheme: scheme)
        var lines = head(kase, scheme)
        lines += [
            "expect   \(expectation(kase, scheme))",
            "changes  \(kase.changes.isEmpty ? "nothing: the probe is a valid request" : kase.changes.words.joined(separator: ", "))",
        ]
        lines += clauses(kase, scheme)
        lines += ["", "The valid request (control), by the scheme \(scheme.id):", ""]
        lines.append(indented(ByteText.lines(vector.control.request.wireBytes)))
        if !kase.changes.isEmpty {
            lines += ["", "The probe:", "", indented(ByteText.lines(vector.probe.request.wireBytes))]
        }
        let key = VectorContext.secret(of: scheme).key
        lines += ["", "The bytes that the probe's signature was made over (\(vector.probe.message.count)):", ""]
        lines.append(indented(ByteText.hexDump(vector.probe.message)))
        lines += ["", "The right signature over them, by OpenSSL:", ""]
        lines.append("  " + OpenSSLLine.text(message: vector.probe.message, key: key, scheme: scheme))
        lines.append(
            "  # \(String(decoding: scheme.signature.encoding.encode(scheme.signature.algorithm.sign(vector.probe.message, key: key)), as: UTF8.self))"
        )
        return lines.joined(separator: "\n")
    }

    private static func expectation(_ kase: Case, _ scheme: Scheme) -> String {
        let statuses = kase.expectation.statuses(in: scheme).map(String.init).joined(separator: " or ")
        let decision = decision(kase.expectation.decision)
        return statuses.isEmpty ? decision : "\(decision), with status \(statuses)"
    }

    private static func decision(_ decision: Decision) -> String {
        switch decision {
        case .accepted: "accepted"
        case .rejected: "rejected"
        case .either: "accepted or rejected, but decided"
        }
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(separator: "\n")
    }
}
