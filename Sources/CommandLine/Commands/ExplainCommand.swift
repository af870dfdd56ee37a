internal import Arguments
internal import Bytes
internal import Catalogue
internal import Cryptography
internal import ReportModel
internal import Schemes
internal import Selftest
internal import Transport

/// `countersign explain CASE`: everything about one case, with the bytes of its vector.
enum ExplainCommand: Command {
    private static let testCase = Argument(
        "case", .text, help: "The id of a case, such as timestamp/future-one-year.")

    static let spec = CommandSpec(
        "explain",
        abstract: "Explains a case: recipe, bytes, signed message, why it matters, and how to fix a failure.",
        discussion: "The bytes are those of the vector, made with a fixed clock and a published secret that must never "
            + "be used.",
        arguments: [testCase], options: [SharedOptions.anyScheme])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let id = try parsed[testCase]
        guard let testCase = Catalogue.named(id) else {
            let question = Suggestion.sentence(for: id, among: Catalogue.all.map(\.id)).map { " \($0)" } ?? ""
            throw parsed.error(
                "Unknown case '\(printable(id))'.\(question)", help: "'countersign list' shows them all")
        }
        let scheme = try scheme(for: testCase, parsed)
        switch testCase.procedure {
        case .probe(let probe): write(lines(testCase, probe, scheme))
        case .scenario(let scenario): write(lines(testCase, scenario, scheme))
        case .sender(let sender): write(lines(testCase, sender, scheme))
        }
        return .success
    }

    /// A scheme file is untrusted text: nothing in it may control the terminal.
    private static func write(_ lines: [String]) { Console.out(lines.map(printable).joined(separator: "\n")) }

    private static func scheme(for testCase: Case, _ parsed: ParsedCommand) throws -> Scheme {
        if let name = try parsed[SharedOptions.anyScheme] {
            let scheme = try SchemeInput.scheme(named: name, parsed)
            guard testCase.applies(to: scheme) else {
                let others = SchemeLibrary.all.filter { testCase.applies(to: $0) }.map(\.id)
                throw parsed.error(
                    "The case \(testCase.id) does not apply to \(scheme.id); it applies to \(others.joined(separator: ", "))."
                )
            }
            return scheme
        }
        guard let scheme = SchemeLibrary.all.first(where: { testCase.applies(to: $0) }) else {
            throw parsed.error("The case \(testCase.id) applies to no built-in scheme; name yours with --scheme.")
        }
        return scheme
    }

    private static func lines(_ testCase: Case, _ sender: SenderProcedure, _ scheme: Scheme) -> [String] {
        let watch = sender.watch(scheme.deliveryOrDefault)
        let longest = Int(SenderPace().longest(watch).rounded(.up))
        return head(testCase, scheme) + [
            "watch    \(watch.attempts == 1 ? "one attempt" : "\(watch.attempts) attempts")"
                + (longest > 0 ? ", and what follows it for up to \(longest) s" : "")
        ] + clauses(testCase, scheme)
    }

    /// A scenario has no frozen bytes, because what it sends depends on the answers.
    private static func lines(_ testCase: Case, _ scenario: Scenario, _ scheme: Scheme) -> [String] {
        var lines = head(testCase, scheme)
        lines.append("expect   \(decision(scenario.expects))")
        let options = testCase.needs.compactMap { need -> String? in
            if case .given(let facility) = need { ReportOutputs.option(for: .notGiven(facility)) } else { nil }
        }
        if !options.isEmpty { lines.append("needs    \(options.joined(separator: ", and "))") }
        let seconds = scenario.waits(scheme)
        if seconds > 0 { lines.append("waits    \(seconds) s of the target's time, while other cases run") }
        lines += clauses(testCase, scheme)
        let steps = Demonstration.steps(of: testCase, in: scheme)
        if !steps.isEmpty {
            lines += [
                "",
                "What it did just now against the sound endpoint of this tool, with the scheme \(scheme.id):",
                "",
            ]
            lines += steps.prefix(stepsShown).map { "  \($0)" }
            if steps.count > stepsShown { lines.append("  … \(steps.count - stepsShown) more") }
        }
        return lines
    }

    private static let stepsShown = 24

    private static func head(_ testCase: Case, _ scheme: Scheme) -> [String] {
        [
            "\(testCase.id)  \(testCase.level(in: scheme).rawValue) · \(testCase.severity.rawValue)"
                + (testCase.cwe.isEmpty ? "" : " · \(testCase.cwe.map { "CWE-\($0)" }.joined(separator: " "))")
                + (testCase.covers.isEmpty ? "" : " · \(testCase.covers.joined(separator: " "))"),
            testCase.title, "",
            "why      \(testCase.why)", "fix      \(testCase.fix)",
        ]
    }

    private static func clauses(_ testCase: Case, _ scheme: Scheme) -> [String] {
        scheme.clauses(on: testCase.topic).map {
            "clause   \(scheme.id) \($0.id) (\($0.level.rawValue)): \($0.text) [\($0.place)]"
        }
    }

    private static func lines(_ testCase: Case, _ recipe: Probe, _ scheme: Scheme) -> [String] {
        let context = VectorContext.context(of: scheme)
        let (control, probe) = (recipe.controlRequest(context), recipe.probeRequest(context))
        var lines = head(testCase, scheme)
        lines += [
            "expect   \(expectation(recipe, scheme))",
            "changes  \(recipe.changes.isEmpty ? "nothing: the probe is a valid request" : recipe.changes.words.joined(separator: ", "))",
        ]
        lines += clauses(testCase, scheme)
        lines += ["", "The valid request (control), with the scheme \(scheme.id):", ""]
        lines += indented(ByteText.lines(control.request.wireBytes))
        if !recipe.changes.isEmpty {
            lines += ["", "The probe:", ""] + indented(ByteText.lines(probe.request.wireBytes))
        }
        let key = VectorContext.secret(of: scheme).key
        lines += ["", "The \(probe.message.count) bytes that the probe's signature covers:", ""]
        lines += indented(ByteText.hexDump(probe.message))
        lines += ["", "The right signature of them, with OpenSSL:", ""]
        lines.append("  " + OpenSSLLine.text(message: probe.message, key: key, scheme: scheme))
        lines.append(
            "  # \(String(decoding: scheme.signature.encoding.encode(scheme.signature.algorithm.sign(probe.message, key: key)), as: UTF8.self))"
        )
        return lines
    }

    private static func expectation(_ probe: Probe, _ scheme: Scheme) -> String {
        let statuses = probe.expectation.statuses(in: scheme).map(String.init).joined(separator: " or ")
        let decision = decision(probe.expectation.decision)
        return statuses.isEmpty ? decision : "\(decision), with status \(statuses)"
    }

    private static func decision(_ decision: Decision) -> String {
        switch decision {
        case .accepted: "accepted"
        case .rejected: "rejected"
        case .either: "either accepted or rejected, without a crash or silence"
        case .delivered: "delivered as documented"
        }
    }

    private static func indented(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
    }
}
