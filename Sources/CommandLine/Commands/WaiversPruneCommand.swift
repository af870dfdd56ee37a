internal import Arguments
internal import Bytes
internal import Platform
internal import ReportModel
internal import Reporting

/// `countersign waivers prune FILE`: removes the waivers that no longer fit.
enum WaiversPruneCommand: Command {
    static let spec = CommandSpec(
        "prune", abstract: "Removes the waivers that are expired, and those that a report shows to be stale.",
        discussion: "A waiver of a case that now fails in another way stays: somebody has to look at it.",
        arguments: [WaiversCommand.file], options: [WaiversCommand.report],
        examples: [.init("countersign waivers prune waivers.json --report report.json", "after a fix")])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let today = CalendarDay(unixTime: WallClock.seconds())
        let path = try parsed[WaiversCommand.file]
        var file = try WaiverInput.read(path, today: today, scheme: nil)
        let report = try parsed[WaiversCommand.report].map { try ReportInput($0).report }
        for problem in file.problems(in: report, today: today) where problem.kind == .expired || problem.kind == .stale
        {
            file.waivers.removeAll { $0.caseID == problem.waiver.caseID }
            Console.out(printable("removed \(problem.waiver.caseID): \(problem.word)"))
        }
        Console.out("\(counted(file.waivers.count, "waiver")) left")
        return ReportOutputs.write(file.bytes, to: path)
    }
}
