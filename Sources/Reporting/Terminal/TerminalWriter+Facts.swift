internal import ReportModel
internal import Timing

extension TerminalWriter {
    /// Writes what was run and what was measured.
    mutating func writeHeadline() {
        let run = report.run
        page.items(
            Span(""), ["countersign \(context.version)", "\(run.scheme) (\(run.payload))", run.target], ink: .strong)
        let digest = run.vectors.split(separator: ":").last.map { String($0.prefix(12)) } ?? "unknown"
        // A receiver draws nothing and sends nothing.
        let drawn = report.isOfSender ? [] : ["seed \(run.seed)", "vectors \(digest)"]
        let details =
            [
                counted(report.cases.count, "case"), "level \(run.level.rawValue)", "enforce \(run.enforce.rawValue)",
                "profile \(run.profile.rawValue)",
            ] + drawn + ["run \(run.id)"]
        page.items(Span(""), details, ink: .quiet)
        page.separate()
        for remark in run.remarks { writeFact("remark", "!", remark.words(context), .doubtful) }
        writeControls()
        writeMeasurements()
    }

    private mutating func writeControls() {
        let controls = report.cases.compactMap(\.control)
        guard !controls.isEmpty else { return }
        let accepted = controls.count { $0.observation == .accepted }
        if report.isOfSender {
            let isGenuine = controls[0].observation == .accepted
            let text = isGenuine ? "verifies under the secret" : "does not verify under the secret"
            return writeFact("delivery", isGenuine ? "✓" : "✗", "a plain one \(text)", isGenuine ? .good : .bad)
        }
        if report.cases.contains(where: \.isUnsteady) {
            writeFact("controls", "✗", "\(accepted) of \(controls.count) accepted, and not for what they are", .bad)
        } else if accepted == controls.count {
            writeFact("controls", "✓", "all \(accepted) accepted", .good)
        } else {
            writeFact("controls", "✗", "\(accepted) of \(controls.count) accepted", .bad)
        }
    }

    private mutating func writeMeasurements() {
        let measured = report.measurements
        for quantity in Measurements.Quantity.allCases where measured.failed.contains(quantity) {
            writeFact(quantity.rawValue, "!", "not measured", .doubtful)
        }
        if let window = measured.window {
            let past = window.past.map { "−\($0) s" } ?? "no limit"
            let future = window.future.map { "+\($0) s" } ?? "no limit"
            let isOpen = window.past == nil || window.future == nil
            writeFact("window", isOpen ? "!" : "✓", "accepts \(past) … \(future)", isOpen ? .doubtful : .good)
        }
        if let grace = measured.grace {
            let text = "old secret accepted for \(grace.seconds) s ± \(grace.uncertainty) after it was replaced"
            writeDuration("grace", text, family: "rotation")
        }
        if let memory = measured.memory {
            let least = memory.atLeast.map { "a repeated delivery is recognised after \($0) s" }
            let less = memory.lessThan.map { "forgotten after \($0) s" }
            writeDuration("memory", [least, less].compactMap(\.self).joined(separator: ", "), family: "replay")
        }
        if let clock = measured.clock, !measured.failed.contains(.clock) {
            let doubt = "(± \(Self.tenths(clock.uncertainty)) s)"
            if abs(clock.seconds) <= clock.uncertainty + 1 {
                writeFact("clock", "✓", "agrees with ours \(doubt)", .good)
            } else {
                let direction = clock.seconds < 0 ? "behind" : "ahead of"
                writeFact("clock", "!", "\(Self.tenths(abs(clock.seconds))) s \(direction) ours \(doubt)", .doubtful)
            }
        }
        var delivered = [String]()
        for feature in TransportFeature.allCases {
            let name = feature.rawValue.replacing("-", with: " ")
            switch measured.transport[feature] {
            case .delivered where feature.isForbidden: writeFact("transport", "!", "\(name) taken", .doubtful)
            case .refused(let observed) where feature.isForbidden:
                writeFact("transport", "·", "\(name) refused, as they may be: \(observed.summary)", .quiet)
            case .delivered: delivered.append(name)
            case .refused(let observed):
                writeFact("transport", "✗", "\(name) not delivered: \(observed.summary)", .doubtful)
            case nil: break
            }
        }
        for (id, result) in measured.comparisons.sorted(by: { $0.key < $1.key }) {
            let isBounded = if case .noLeak = result.verdict { true } else { false }
            writeFact("timing", isBounded ? "✓" : "!", "\(id): \(result.verdict.words)", isBounded ? .good : .doubtful)
        }
        if !delivered.isEmpty {
            writeFact("transport", "✓", "\(delivered.joined(separator: ", ")) delivered", .good)
        }
    }

    /// A measured duration; with a check mark only where every case about it was met.
    private mutating func writeDuration(_ label: String, _ text: String, family: String) {
        let isRight = report.cases.allSatisfy { result in
            result.family != family || [.pass, .skipped].contains(result.outcome)
        }
        writeFact(label, isRight ? "✓" : "!", text, isRight ? .good : .doubtful)
    }

    /// Writes why the run as a whole is inconclusive, with what was sent and what came back.
    mutating func writeCause() {
        if !report.complete, report.cause != .outOfTime {
            page.separate()
            let text = "The run was interrupted; these results are incomplete."
            page.field(Span("INTERRUPTED", .bad), Span(text), margin: 0, column: 14)
        }
        guard let cause = report.cause else { return }
        page.separate()
        page.line([
            Span(
                cause == .verdictsIndependent
                    ? "UNSTEADY" : report.judgedNothing ? "NOTHING WAS JUDGED" : "INCONCLUSIVE", .bad)
        ])
        page.field(Span(""), Span(Self.sentence(cause.words), .strong), margin: 6, column: 6)
        guard let record = report.record.evidence["preflight"]?.control else { return }
        writeExchange(record, lines: Excerpt(record.request).wholeRequestLines, heading: nil)
    }

    private mutating func writeFact(_ label: String, _ mark: String, _ text: String, _ ink: Ink) {
        page.field(Span("\(mark) \(label)", ink), Span(text), margin: 0, column: 14)
    }

    /// Returns a number with one decimal place.
    private static func tenths(_ number: Double) -> String { String((number * 10).rounded() / 10) }

    private static func sentence(_ text: String) -> String {
        let end = text.last.map { ".!?".contains($0) } ?? true
        return text.prefix(1).uppercased() + text.dropFirst() + (end ? "" : ".")
    }
}
