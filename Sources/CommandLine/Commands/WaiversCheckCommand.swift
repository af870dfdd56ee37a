internal import Arguments
internal import Bytes
internal import Platform
internal import ReportModel
internal import Reporting

/// `countersign waivers check FILE`: whether each waiver still fits.
enum WaiversCheckCommand: Command {
    static let spec = CommandSpec(
        "check", abstract: "Shows each waiver and whether it fits; 1 if one does not.",
        arguments: [WaiversCommand.file],
        options: [SharedOptions.anyScheme, WaiversCommand.report],
        examples: [
            .init("countersign waivers check waivers.json", "which are expired?"),
            .init("countersign waivers check waivers.json --report report.json", "which does the run contradict?"),
        ])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let today = CalendarDay(unixTime: WallClock.seconds())
        let scheme = try parsed[SharedOptions.anyScheme].map { try SchemeInput.scheme(named: $0, parsed) }
        let file = try WaiverInput.read(parsed[WaiversCommand.file], today: today, scheme: scheme)
        let report = try parsed[WaiversCommand.report].map { try ReportInput($0).report }
        let problems = file.problems(in: report, today: today)
        for waiver in file.waivers {
            let problem = problems.first { $0.waiver.caseID == waiver.caseID }
            let left = waiver.expires.days(after: today)
            let verdict = problem.map { "\($0.word): \($0.words)" } ?? "fits, \(counted(Int(left) + 1, "day")) left"
            Console.out(printable("\(waiver.caseID)  \(waiver.outcome.text)  \(waiver.owner)  \(waiver.issue)"))
            Console.out(printable("    \(verdict)"))
        }
        Console.out("\(counted(file.waivers.count, "waiver")), \(problems.count) to correct")
        return problems.isEmpty ? .success : .failure
    }
}

extension WaiverFile {
    /// Returns the waivers that do not fit a report on a day; without a report, those that are expired.
    func problems(in report: Report?, today: CalendarDay) -> [WaiverProblem] {
        guard var report else {
            return waivers.filter { $0.expires < today }.map { WaiverProblem(waiver: $0, kind: .expired) }
        }
        report.gate = nil
        report.apply(self, today: today)
        return report.gate?.waivers ?? []
    }
}
