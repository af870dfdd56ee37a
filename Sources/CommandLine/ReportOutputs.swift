internal import Arguments
internal import Bytes
internal import Platform
internal import ReportModel
internal import Reporting

/// Where a report goes: always to standard output, and to the files that were asked for.
struct ReportOutputs {
    static let out = Option(
        "out", value: "folder", .text,
        help: "Write the report in each of the formats below to this folder.",
        completion: .directory, group: "Output")

    /// Each format with the option that names its file.
    static let files: [(format: ReportFormat, option: Option<String?>)] = ReportFormats.all.map { format in
        (
            format,
            Option(
                format.name, value: "file", .text, help: "Write the report as \(format.title).", completion: .file,
                group: "Output")
        )
    }

    static let quiet = Option(
        flag: "quiet", short: "q", help: "Print only the failures and the totals.", group: "Output")

    static let verbose = Option(
        flag: "verbose", short: "v", help: "Print each finding in full, and each pass.", group: "Output")

    static let anchor = Option(
        "sarif-anchor", value: "file:line", .anchor, defaultText: "countersign.json:1",
        help: "Where code scanning shows the findings: a file of the repository, and a line of it.",
        completion: .file, group: "Output")

    static let options: [any OptionKey] =
        [out] + files.map(\.option) + [anchor, quiet, verbose, SharedOptions.noColor]

    /// What every report is written with.
    static let context = ReportContext(version: toolVersion, option: option(for:), remedy: option(for:))

    /// The variable that names the file of a step's summary in GitHub Actions.
    private static let summaryVariable = "GITHUB_STEP_SUMMARY"
    /// GitHub takes 1 MiB from a step, and drops all of it when there is more.
    private static let summaryLimit = 1 << 20

    private let files: [(format: ReportFormat, path: String)]
    private let style: Style
    private let anchor: SourceAnchor?

    /// The formats that were asked for.
    var formats: [ReportFormat] { files.map(\.format) }

    /// Reads the options. The folder is made and every file is tried before anything is sent.
    ///
    /// - Throws: `CommandError` for a file that can't be written, or that two formats would share.
    init(_ parsed: ParsedCommand) throws {
        let folder = try parsed[Self.out]
        if let folder { try Files.makeFolder(folder) }
        files = try Self.files.compactMap { format, option in
            let path = try parsed[option] ?? folder.map { "\($0)/\(format.fileName)" }
            return path.map { (format: format, path: $0) }
        }
        try Self.check(files.map(\.path))
        anchor = try parsed[Self.anchor]
        style = try Style(
            color: Console.usesColor(refused: parsed[SharedOptions.noColor]), width: min(120, Console.width),
            verbosity: parsed[Self.quiet] ? .quiet : parsed[Self.verbose] ? .verbose : .normal)
    }

    /// Checks that files can be written, each to a place of its own.
    static func check(_ paths: [String]) throws {
        var destinations = [String: String]()
        for path in paths {
            let destination: String
            do throws(FileOutput.Failure) {
                try FileOutput.check(path)
                destination = try FileOutput.destination(of: path)
            } catch {
                throw CommandError.input(printable(error.description))
            }
            if let other = destinations.updateValue(path, forKey: destination) {
                throw CommandError.input(
                    "two reports would be written to one file: '\(printable(other))' and '\(printable(path))'")
            }
        }
    }

    /// Prints the report and writes the files, each whole or not at all; one that fails does not keep the next from
    /// being written. In a step of GitHub Actions its summary is written too.
    ///
    /// - Parameter version: the version of the tool that made the report.
    func write(_ report: Report, madeBy version: String = toolVersion) -> ExitStatus {
        let context = context(version)
        Console.out(TerminalReport.text(report, context, style: style))
        let written = files.map { Self.write($0.format.bytes(of: report, context), to: $0.path) }
        return .combined(written + [Self.summarise(report, context)])
    }

    /// Prints a comparison of several reports, and writes the files that can hold one.
    func write(_ runs: [ComparedRun]) -> ExitStatus {
        Console.out(ComparisonText.text(runs, style: style))
        return .combined(
            files.map { format, path in
                Self.write(format.bytes(comparing: runs, context(toolVersion)) ?? [], to: path)
            })
    }

    private func context(_ version: String) -> ReportContext {
        var context = ReportContext(version: version, option: Self.option(for:), remedy: Self.option(for:))
        context.again = Self.commandLine
        if let anchor { context.anchor = anchor }
        return context
    }

    /// Returns the command line that sends one case of a run again, to an endpoint that was fixed.
    private static func commandLine(_ report: Report, _ result: CaseResult) -> String? {
        let run = report.run
        // A secret or a scheme file is not in a report.
        let words = ["--scheme", run.scheme, "--secret", "env:SECRET", "--only", result.id, "--seed", String(run.seed)]
        return (["countersign run", ShellText.quoted(run.target)] + words.map(Self.word)).joined(separator: " ")
    }

    /// Quotes a word if a shell would not take it as it is.
    private static func word(_ text: String) -> String {
        text.utf8.allSatisfy { ASCII.isTokenCharacter($0) && !"!#$&'*`|~".utf8.contains($0) || "/:=".utf8.contains($0) }
            && !text.isEmpty ? text : ShellText.quoted(text)
    }

    /// Appends to the summary of a step as much as it still takes.
    private static func summarise(_ report: Report, _ context: ReportContext) -> ExitStatus {
        guard let path = CurrentProcess.environment(summaryVariable), !path.isEmpty else { return .success }
        do throws(FileOutput.Failure) {
            try FileOutput.append(to: path) { size in
                MarkdownReport.bytes(of: report, context, limit: min(MarkdownReport.limit, summaryLimit - size))
            }
            return .success
        } catch {
            Console.err("Error: the step summary \(printable(error.description))")
            return .reportNotWritten
        }
    }

    /// Writes a file that was asked for, and says so when it could not be written.
    static func write(_ bytes: @autoclosure () -> [UInt8], to path: String?) -> ExitStatus {
        guard let path else { return .success }
        do throws(FileOutput.Failure) {
            try FileOutput.write(bytes(), to: path)
            return .success
        } catch {
            Console.err("Error: \(printable(error.description))")
            return .reportNotWritten
        }
    }

    /// The option that would change what a remark says; `nil` where there is none.
    static func option(for remark: Remark) -> String? {
        switch remark {
        case .rateLimited: RunOptions.rate.spec.flag
        case .dateNotAccelerated: FacilityInput.speed.spec.flag
        case .notBack: FacilityInput.restart.spec.flag
        case .certificateNotVerified, .connectionOutOfStep, .configured, .secretReplaced, .recorded, .scheduled,
            .notRemoved:
            nil
        }
    }

    /// The option that would change why a case was skipped; `nil` where there is none.
    static func option(for reason: SkipReason) -> String? {
        switch reason {
        case .notGiven(.effects), .statusOnly: FacilityInput.observe.spec.flag
        case .notGiven(.rotation): "\(FacilityInput.rotate.spec.flag) or \(FacilityInput.admin.spec.flag)"
        case .notGiven(.secondBridge): FacilityInput.second.spec.flag
        case .notGiven(.administration): FacilityInput.admin.spec.flag
        case .notGiven(.keySet): KeySetInput.listen.spec.flag
        case .notGiven(.eventText): TriggerInput.trigger.spec.flag
        case .notGiven(.authority): AuthorityInput.folder.spec.flag
        case .notGiven(.secondRegistration): SecondRegistrationInput.secret.spec.flag
        case .notGiven(.internalAddresses): ListenCommand.internalAddresses.spec.flag
        case .slow: FacilityInput.skipSlow.spec.flag
        case .nothingToChange: SharedOptions.body.spec.flag
        case .noEffect: SharedOptions.payload.spec.flag
        case .firstFailure: RunOptions.failFast.spec.flag
        case .outOfTime: RunOptions.deadline.spec.flag
        case .needsStagedAnswer: TriggerInput.trigger.spec.flag
        case .notApplicable, .notDelivered, .tooLong, .interrupted, .toldBy, .notRecorded, .moot: nil
        }
    }
}

extension ValueForm<SourceAnchor> {
    static let anchor = ValueForm { text throws(InvalidValue) in
        let colon = text.lastIndex(of: ":") ?? text.endIndex
        let line = text[colon...].dropFirst()
        let path = String(text[..<colon])
        let number = line.isEmpty ? (colon == text.endIndex ? 1 : nil) : ASCII.decimal(line.utf8)
        guard let number, (1...1_000_000_000).contains(number), !path.isEmpty, !path.hasPrefix("/"),
            !path.contains("\0")
        else { throw InvalidValue("Write a path from the root of the repository and a line, such as src/hook.js:42.") }
        return SourceAnchor(path: path, line: Int(number))
    }
}
