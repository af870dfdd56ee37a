internal import Arguments
internal import Bytes
internal import Platform
internal import ReportModel
internal import Reporting

/// Where a report goes: always to standard output, and to the files that were asked for.
struct ReportOutputs {
    static let out = Option(
        "out", value: "folder", .text,
        help: "Write \(ReportFormats.all.map(\.fileName).joined(separator: " and ")) to this folder.",
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

    static let options: [any OptionKey] =
        [out] + files.map(\.option) + [quiet, verbose, SharedOptions.noColor]

    /// What every report is written with.
    static let context = ReportContext(version: toolVersion, option: option(for:), remedy: option(for:))

    private let files: [(format: ReportFormat, path: String)]
    private let style: Style

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
        style = try Style(
            color: Console.usesColor(refused: parsed[SharedOptions.noColor]), width: min(120, Console.width),
            verbosity: parsed[Self.quiet] ? .quiet : parsed[Self.verbose] ? .verbose : .normal)
    }

    private static func check(_ paths: [String]) throws {
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
    /// being written.
    func write(_ report: Report) -> ExitStatus {
        Console.out(TerminalReport.text(report, Self.context, style: style))
        return .combined(files.map { Self.write($0.format.bytes(of: report, Self.context), to: $0.path) })
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
        case .notBack: FacilityInput.restart.spec.flag
        case .certificateNotVerified, .configured, .secretReplaced, .notRemoved: nil
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
        case .slow: FacilityInput.skipSlow.spec.flag
        case .nothingToChange: SharedOptions.body.spec.flag
        case .noEffect: SharedOptions.payload.spec.flag
        case .firstFailure: RunOptions.failFast.spec.flag
        case .notApplicable, .notDelivered, .tooLong, .interrupted, .toldBy, .moot: nil
        }
    }
}
