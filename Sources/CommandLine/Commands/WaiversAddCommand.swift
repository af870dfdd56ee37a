internal import Arguments
internal import Bytes
internal import Platform
internal import ReportModel
internal import Reporting

/// `countersign waivers add FILE REPORT#CASE`: waives a failure of a report.
enum WaiversAddCommand: Command {
    private static let failure = Argument(
        "report#case", .text, help: "The JSON report of a run, '#', and the id of a case that failed in it.",
        completion: .file)

    private static let reason = Option(
        required: "reason", value: "text", .text, help: "Why the failure is tolerated.")
    private static let owner = Option(required: "owner", value: "name", .text, help: "Who has to see to it.")
    private static let issue = Option(required: "issue", value: "id", .text, help: "Where it is tracked.")
    private static let expires = Option(
        required: "expires", value: "day", .calendarDay,
        help: "The last day, such as 2027-01-31; at most \(Waiver.longest) days from today.")

    static let spec = CommandSpec(
        "add", abstract: "Waives a failure of a report, as it was.",
        discussion: "The file is made if it does not exist. A waiver that it has of the case is replaced.",
        arguments: [WaiversCommand.file, failure], options: [reason, owner, issue, expires],
        examples: [
            .init(
                "countersign waivers add waivers.json report.json#contract/bad-signature-before-bad-json --reason 'gateway upgrade' "
                    + "--owner @bridges --issue INT-41 --expires 2027-01-31", "until the gateway is replaced")
        ])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let today = CalendarDay(unixTime: WallClock.seconds())
        let path = try parsed[WaiversCommand.file]
        let (_, result) = try ReportInput.result(parsed[failure])
        guard let unmet = result.unmet else {
            throw CommandError.input(
                "\(printable(result.id)) did not fail in that report, so there is nothing to waive: it is "
                    + "'\(result.outcome.rawValue)'")
        }
        let waiver = Waiver(
            caseID: result.id, outcome: unmet, reason: try parsed[reason], owner: try parsed[owner],
            issue: try parsed[issue], expires: try parsed[expires])
        var file = Files.exists(path) ? try WaiverInput.read(path, today: today, scheme: nil) : WaiverFile()
        file.waivers.removeAll { $0.caseID == waiver.caseID }
        file.waivers.append(waiver)
        let bytes = file.bytes
        do throws(JSONProblem) {
            // What can be written can be read: an empty reason or a day too far is said now and not in CI.
            _ = try WaiverFile(bytes, today: today)
        } catch {
            throw CommandError.input("this waiver can't be used: \(printable(error.description))")
        }
        Console.out(printable("\(waiver.caseID)  \(unmet.text)  until \(waiver.expires.text)"))
        if unmet.impact == .forgery {
            Console.out("A forgery can be waived in CI; no certificate is given while there is one.")
        }
        return ReportOutputs.write(bytes, to: path)
    }
}

extension ValueForm<CalendarDay> {
    /// A day such as `2027-01-31`.
    static let calendarDay = ValueForm { text throws(InvalidValue) in
        guard let day = CalendarDay(text) else { throw InvalidValue("Write a day such as 2027-01-31.") }
        return day
    }
}
