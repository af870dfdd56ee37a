internal import Bytes
internal import ReportModel
internal import Schemes

extension TerminalWriter {
    /// The most cases that are named for one fault.
    private static let named = 20

    /// Writes the failures: the first faults explained by their first case, the others on one line each.
    mutating func writeFailures() {
        writeFaults(.fail, "FAIL", .bad) { $0.writeFinding($1.results[0], of: $1) }
    }

    /// Writes the warnings in the same way, without evidence: what is expected and how to get there.
    mutating func writeWarnings() {
        writeFaults(.warn, "WARN", .doubtful) { writer, fault in
            let result = fault.results[0]
            if writer.isVerbose { return writer.writeFinding(result) }
            writer.writeTitle(result)
            writer.page.field(Span("got", .quiet), Span(writer.gotAndWant(result)))
            writer.page.field(Span("fix", .quiet), Span(result.fix))
            writer.writeOthers(of: fault)
        }
    }

    private mutating func writeFaults(
        _ outcome: Outcome, _ word: String, _ ink: Ink, explain: (inout TerminalWriter, Fault) -> Void
    ) {
        let found = isVerbose ? report.faults(outcome) : unexplained(outcome)
        let faults = isVerbose ? found.flatMap { $0.results.map { Fault(results: [$0]) } } : found
        let count = isVerbose ? faults.count : Self.explained
        for fault in faults.prefix(count) {
            page.separate()
            explain(&self, fault)
        }
        guard faults.count > count else { return }
        page.separate()
        for fault in faults.dropFirst(count) {
            writeLine(fault.results[0], word, ink, of: fault.results.count)
        }
    }

    /// Returns the faults with an outcome, without what a diagnosis explains.
    func unexplained(_ outcome: Outcome) -> [Fault] {
        let explained = explainedIDs
        return report.faults(outcome).compactMap { fault in
            var rest = fault
            rest.results.removeAll { explained.contains($0.id) }
            return rest.results.isEmpty ? nil : rest
        }
    }

    /// Writes what a fault explains besides its first case.
    private mutating func writeOthers(of fault: Fault) {
        let ids = fault.results.dropFirst().map(\.id)
        guard !ids.isEmpty else { return }
        if let ignored = fault.ignored {
            let what = ignored.words.joined(separator: ", ")
            let verb = fault.results[0].impact == .forgery ? "accepted" : "rejected"
            page.field(Span("extent", .quiet), Span("any change to the \(what) alone is \(verb)"))
        }
        let rest = ids.count > Self.named ? " … \(ids.count - Self.named) more" : ""
        let text = "\(ids.count) more: " + ids.prefix(Self.named).joined(separator: ", ") + rest
        page.field(Span("also", .quiet), Span(text))
    }

    /// Writes the notes, one line each.
    mutating func writeNotes() {
        let notes = report.cases(.note)
        if !notes.isEmpty { page.separate() }
        for result in notes {
            if isVerbose { writeFinding(result) } else { writeLine(result, "NOTE", .strange) }
        }
    }

    /// Writes everything about one result: what was tested, sent and answered, what that breaks, and how to fix it.
    ///
    /// - Parameter fault: the fault that it is the first example of.
    mutating func writeFinding(_ result: CaseResult, of fault: Fault? = nil) {
        writeTitle(result)
        if let reason = result.reason { page.field(Span("because", .quiet), Span(words(reason))) }
        let evidence = report.record.evidence[result.id]
        if let probe = evidence?.probe {
            let heading =
                report.isOfSender
                ? "the last attempt"
                : evidence?.steps.isEmpty == false
                    ? "the last of \(evidence?.steps.count ?? 0) steps"
                    : result.changes.isEmpty
                        ? "the control again"
                        : "a valid request except for its \(result.changes.words.joined(separator: ", "))"
            writeExchange(
                probe, lines: Excerpt(probe.request).requestLines(changes: result.changes), heading: heading,
                message: signedMessage(result, evidence))
        } else if let control = evidence?.control {
            writeExchange(control, lines: Excerpt(control.request).wholeRequestLines, heading: "a valid request")
        }
        if isVerbose || report.isOfSender, let steps = evidence?.steps, !steps.isEmpty {
            page.verbatim(report.isOfSender ? "saw" : "steps", steps.joined(separator: "\n"))
        }
        // Where there is a reason, it is the verdict; a scenario is not judged by its last answer alone.
        if evidence?.steps.isEmpty != false, result.impact == nil || result.reason == nil {
            page.field(Span("verdict", .quiet), Span(gotAndWant(result)))
        }
        writeClauses(of: result, most: isVerbose ? result.clauses.count : 2)
        page.field(Span("why", .quiet), Span(result.why))
        page.field(Span("fix", .quiet), Span(result.fix, .strong))
        if let fault { writeOthers(of: fault) }
        page.field(Span("more", .quiet), Span("countersign explain \(result.id)", .quiet))
    }

    /// Writes what the document says.
    ///
    /// - Parameter column: where the text begins.
    mutating func writeClauses(of result: CaseResult, most: Int, column: Int = 14) {
        for clause in result.clauses.prefix(most) {
            let label = clause.level == .must || clause.level == .should ? "breaks" : "says"
            let text = "\(clause.text) (\(clause.level.rawValue); \(clause.place))"
            page.field(Span(label, .quiet), Span(text), column: column)
        }
    }

    /// Writes one request and its answer: the relevant lines, or everything.
    mutating func writeExchange(
        _ record: RunRecord.Record, lines: [String], heading: String?, message: String? = nil
    ) {
        if let heading { page.field(Span("sent", .quiet), Span(heading)) }
        let label = heading == nil ? "sent" : ""
        if isVerbose {
            page.verbatim(label, record.request)
        } else {
            page.excerpt(label, lines)
        }
        if let message { page.excerpt("signed", [message]) }
        if isVerbose {
            page.verbatim("answer", record.answer)
        } else {
            page.excerpt("answer", Excerpt(record.answer).answerLines)
        }
    }

    /// Writes the first result of a group on one line, or on more where that is too short.
    mutating func writeLine(_ result: CaseResult, _ word: String, _ ink: Ink, of count: Int = 1) {
        let text = (count > 1 ? "(+\(count - 1)) " : "") + printable(gotAndWant(result))
        if text.count > page.style.width - "\(word)  \(result.id)  ".count {
            page.line([Span(word, ink), Span("  \(result.id)", .strong)])
            page.field(Span(""), Span(text, .quiet), margin: 6, column: 6)
        } else {
            page.line([Span(word, ink), Span("  \(result.id)  ", .strong), Span(text, .quiet)])
        }
    }

    private mutating func writeTitle(_ result: CaseResult) {
        let (word, ink): (String, Ink) =
            switch result.outcome {
            case .pass: ("PASS", .good)
            case .fail: ("FAIL", .bad)
            case .warn: ("WARN", .doubtful)
            case .note: ("NOTE", .strange)
            case .waived: ("WAIVED", .quiet)
            case .inconclusive: ("INCONCLUSIVE", .doubtful)
            case .skipped: ("SKIPPED", .quiet)
            }
        let harm = [result.level.rawValue, result.severity.rawValue, result.impact?.rawValue].compactMap { $0 }
        let facts = harm + result.cwe.map { "CWE-\($0)" }
        page.line(
            [Span(word, ink), Span("  "), Span(result.id, .strong)],
            right: Span(facts.joined(separator: " · "), .quiet))
        page.field(Span(""), Span(result.title), margin: 6, column: 6)
    }

    func gotAndWant(_ result: CaseResult) -> String {
        if result.impact != nil, let reason = result.reason { return words(reason) }
        guard let observed = result.observed else {
            return result.control.map { "its control: \($0.words), expected accepted" } ?? "not sent"
        }
        return "\(observed.words), expected \(result.expectedWords)"
    }

    /// Returns the signed bytes when they are what differs and nothing that is sent shows it.
    private func signedMessage(_ result: CaseResult, _ evidence: RunRecord.Evidence?) -> String? {
        let visible: Change = [.body, .timestamp, .method, .target, .eventID]
        guard result.changes.contains(.message), result.changes.isDisjoint(with: visible) else { return nil }
        return evidence?.message
    }
}
