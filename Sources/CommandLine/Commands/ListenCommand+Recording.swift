internal import Arguments
internal import Bytes
internal import Catalogue
internal import Harness
internal import Platform
internal import ReportModel
internal import Reporting
internal import Schemes
internal import Subjects
internal import Transport

// Traffic that nobody stages answers for.
extension ListenCommand {
    /// Keeps what arrives, until it is interrupted or has enough.
    static func keep(_ parsed: ParsedCommand, in folder: String) throws -> ExitStatus {
        let identity = try IdentityInput.identity(parsed)
        let (count, address, port) = (try parsed[count], try parsed[host] ?? "127.0.0.1", try parsed[port])
        let isQuiet = try parsed[ReportOutputs.quiet]
        let recorder: TrafficRecorder
        do throws(SystemError) {
            recorder = try TrafficRecorder(folder: folder, host: address, isSecure: identity != nil)
        } catch {
            throw CommandError.input(
                "the folder '\(printable(folder))' can't take a recording: \(error). Give a new one")
        }
        do throws(ServerError) {
            try recorder.listen(port: UInt16(port), identity: identity)
        } catch {
            throw CommandError.input("the receiver can't listen: \(error)")
        }
        let stop = StopSignal(by: try parsed[deadline].map(Deadline.init(after:)) ?? .never)
        try? Signals.onRequestToEnd { stop.stop() }
        if !isQuiet { Console.err("listening at \(recorder.origin), keeping what arrives in \(printable(folder))") }
        recorder.wait(for: count, until: stop)
        recorder.stop()
        let tally = recorder.tally
        Console.out(TrafficText.text(tally, folder: folder))
        if tally.failure != nil { return .reportNotWritten }
        return tally.kept > 0 ? .success : .inconclusive
    }

    /// Judges a recording.
    static func judge(_ parsed: ParsedCommand, _ path: String) throws -> ExitStatus {
        var configuration = try configuration(parsed)
        let cases = Catalogue.senderCases(for: configuration.scheme)
        let plan = try RunOptions.plan(parsed, configuration, among: cases)
        let gate = try GateInput(parsed, configuration, among: cases)
        configuration.isExcused = gate.excuses
        let outputs = try ReportOutputs(parsed)
        if try parsed[RunOptions.dryRun] {
            throw parsed.error("--dry-run has no meaning with --replay: nothing is sent.")
        }
        let traffic = try TrafficInput.read(path)
        let speed = Double(try parsed[accelerated])
        let report = InterruptibleRun.report(
            cases: plan.cases.count, failsFast: configuration.failsFast,
            showsProgress: try !parsed[ReportOutputs.quiet]
        ) { signals in
            var report = ReplayRunner(
                traffic: traffic, name: "recorded traffic of \(configuration.scheme.id)", speed: speed,
                configuration: configuration, plan: plan, signals: signals
            ).run()
            gate.apply(to: &report)
            return report
        }
        return .combined([report.exit, outputs.write(report)])
    }
}

/// What a capture kept, in words.
enum TrafficText {
    static func text(_ tally: TrafficRecorder.Tally, folder: String) -> String {
        var lines = ["\(counted(tally.kept, "request")) kept in \(printable(folder)), \(counted(tally.bytes, "byte"))"]
        if tally.beyondLimits > 0 {
            lines.append("\(counted(tally.beyondLimits, "request")) beyond the limits, answered 429 and not kept")
        }
        if tally.malformed > 0 {
            lines.append("\(counted(tally.malformed, "message")) malformed or too large, and not kept")
        }
        if let failure = tally.failure {
            lines.append("The capture ended because a file could not be written: \(failure)")
        }
        return lines.joined(separator: "\n")
    }
}
