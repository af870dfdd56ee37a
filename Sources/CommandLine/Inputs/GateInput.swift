internal import Arguments
internal import Bytes
internal import Catalogue
internal import Harness
internal import Platform
internal import ReportModel
internal import Schemes

/// What a run is held against besides its cases.
struct GateInput: Sendable {
    static let waivers = Option(
        "waivers", value: "file", .text,
        help: "Tolerate the failures in this file, each until its day and as long as it stays the same failure. One "
            + "that is stale, expired, changed or unmatched fails the run.", completion: .file, group: "Gate")

    static let baseline = Option(
        "baseline", value: "report", .text,
        help: "Fail only on what did not fail in the same way in this JSON report, and show what is fixed.",
        completion: .file, group: "Gate")

    static let minCases = Option<Int?>(
        "min-cases", value: "n", .integer(in: 1...100_000),
        help: "Call the run inconclusive if fewer cases were judged.", group: "Gate")

    static let options: [any OptionKey] = [waivers, baseline, minCases]

    private let waivers: WaiverFile?
    private let baseline: Report?
    private let minimum: Int?
    private let today: CalendarDay
    /// The cases that would run without `--only`, `--skip` and `--shard`.
    private let wholeSelection: Set<String>

    /// Reads the options.
    ///
    /// - Parameter cases: what the run selects from.
    /// - Throws: `CommandError` for a file that is wrong, or that has nothing to do with the run.
    init(_ parsed: ParsedCommand, _ configuration: RunConfiguration, among cases: [Case]) throws {
        today = CalendarDay(unixTime: WallClock.seconds())
        minimum = try parsed[Self.minCases]
        waivers = try parsed[Self.waivers].map {
            try WaiverInput.read($0, today: CalendarDay(unixTime: WallClock.seconds()), scheme: configuration.scheme)
        }
        baseline = try parsed[Self.baseline].map { try Self.readBaseline($0, configuration) }
        var whole = RunConfiguration(
            scheme: configuration.scheme, payload: configuration.payload, secret: configuration.secret)
        (whole.scope, whole.profile) = (configuration.scope, configuration.profile)
        wholeSelection = waivers == nil ? [] : Set(try whole.plan(among: cases).cases.map(\.id))
    }

    private static func readBaseline(_ path: String, _ configuration: RunConfiguration) throws -> Report {
        let report = try ReportInput(path).report
        let (scheme, payload) = (configuration.scheme.id, configuration.payload.id)
        guard report.run.scheme == scheme, report.run.payload == payload else {
            throw CommandError.input(
                "the baseline '\(printable(path))' is of \(printable("\(report.run.scheme) (\(report.run.payload))")), "
                    + "and this run is of \(scheme) (\(payload))")
        }
        guard report.complete, report.summary.cases > report.summary.skipped + report.summary.inconclusive else {
            throw CommandError.input(
                "the baseline '\(printable(path))' is of a run that was interrupted or judged nothing: it can't tell "
                    + "what is new")
        }
        return report
    }

    /// Whether a failure is known and tolerated.
    func excuses(_ result: CaseResult) -> Bool {
        guard let unmet = result.unmet else { return false }
        let isWaived = waivers?.waivers.contains {
            $0.caseID == result.id && $0.expires >= today && $0.outcome.includes(unmet)
        }
        if isWaived == true { return true }
        return baseline?.cases.contains {
            $0.id == result.id && [.fail, .waived].contains($0.outcome) && $0.unmet == unmet
        } ?? false
    }

    /// Applies all of it to a report, and settles its exit status.
    func apply(to report: inout Report) {
        if let waivers { report.apply(waivers, today: today, isLeftOut: wholeSelection.contains) }
        if let baseline { report.compare(with: baseline) }
        if let minimum { report.demand(cases: minimum) }
        report.conclude()
    }
}

/// Files of waivers.
enum WaiverInput {
    /// Reads a file of waivers.
    ///
    /// - Parameter scheme: the scheme whose cases it may name; `nil` for those of every scheme.
    static func read(_ path: String, today: CalendarDay, scheme: Scheme?) throws -> WaiverFile {
        let bytes = try Files.read(path, as: "waiver file")
        let file: WaiverFile
        do throws(JSONProblem) {
            file = try WaiverFile(bytes, today: today)
        } catch {
            throw CommandError.input("the waiver file '\(printable(path))': \(printable(error.description))")
        }
        let known = (scheme.map { Catalogue.allCases(for: $0) } ?? Catalogue.all).map(\.id)
        let ids = Set(known)
        for (place, waiver) in file.waivers.enumerated() where !ids.contains(waiver.caseID) {
            let question = Suggestion.sentence(for: waiver.caseID, among: known).map { " \($0)" } ?? ""
            let of = scheme.map { "of \($0.id) " } ?? ""
            throw CommandError.input(
                "the waiver file '\(printable(path))': /waivers/\(place)/case: no case \(of)is named "
                    + "'\(printable(waiver.caseID))'.\(question)")
        }
        return file
    }
}
