internal import Arguments
internal import Bytes
internal import Catalogue
internal import Harness
internal import ReportModel
internal import Schemes

/// The options that decide what a run does.
enum RunOptions {
    static let selection = [
        OptionSpec(
            "level", value: "level", help: "Which cases run.", allowedValues: ["must", "should", "all"],
            defaultText: "should", group: "SELECTION"),
        OptionSpec(
            "enforce", value: "level", help: "Which unmet cases fail the run; a lower one is a warning.",
            allowedValues: ["must", "should"], defaultText: "must", group: "SELECTION"),
        OptionSpec(
            "only", value: "glob", help: "Run these cases: '*' stands for one segment, '**' for any.",
            isRepeating: true,
            group: "SELECTION"),
        OptionSpec("skip", value: "glob", help: "Leave these cases out.", isRepeating: true, group: "SELECTION"),
        OptionSpec(
            "profile", value: "profile",
            help: "How much runs: the dozen that find most, the quick and harmless, or all.",
            allowedValues: Profile.allCases.map(\.rawValue), defaultText: "standard", group: "SELECTION"),
        OptionSpec(
            "shard", value: "i/n", help: "Run the i-th of n equal parts of the selection.", group: "SELECTION"),
    ]

    static let pace = [
        OptionSpec(
            "jobs", short: "j", value: "n", help: "Run this many cases side by side.", defaultText: "1", group: "PACE"),
        OptionSpec("rate", value: "n/s", help: "Send at most this many requests a second.", group: "PACE"),
        OptionSpec(
            "seed", value: "n", help: "Draw the order of the cases from this number.", defaultText: "1", group: "PACE"),
        OptionSpec(flag: "fail-fast", help: "End at the first failure.", group: "PACE"),
        OptionSpec(flag: "dry-run", help: "Show what would run; send nothing.", group: "PACE"),
    ]

    static let output = [
        OptionSpec(
            "out", value: "folder", help: "Write report.json and junit.xml here.", completion: .directory,
            group: "OUTPUT"),
        OptionSpec("json", value: "file", help: "Write the report as JSON.", completion: .file, group: "OUTPUT"),
        OptionSpec("junit", value: "file", help: "Write the report as JUnit XML.", completion: .file, group: "OUTPUT"),
        OptionSpec(flag: "quiet", short: "q", help: "Print the failures and the totals only.", group: "OUTPUT"),
        OptionSpec(flag: "verbose", short: "v", help: "Print each finding in full, and each pass.", group: "OUTPUT"),
        OptionSpec(flag: "no-color", help: "Print plain text. The variable NO_COLOR does the same.", group: "OUTPUT"),
    ]

    /// Reads everything but the target.
    static func configuration(_ parsed: ParsedCommand) throws -> RunConfiguration {
        let scheme = try SchemeInput.scheme(parsed)
        let secret = try SecretInput.secret(parsed, scheme: scheme)
        var configuration = RunConfiguration(
            scheme: scheme, payload: try SchemeInput.payload(parsed, scheme: scheme), secret: secret)
        configuration.credentials = try SecretInput.credentials(parsed, scheme: scheme)
        if let file = parsed.value("body") { configuration.bodyTemplate = try Files.read(file, as: "body file") }
        configuration.scope = try parsed.choice("level") ?? .should
        configuration.enforced = try parsed.choice("enforce") ?? .must
        configuration.profile = try parsed.choice("profile") ?? .standard
        configuration.only = parsed.values("only").map(CaseGlob.init)
        configuration.skip = parsed.values("skip").map(CaseGlob.init)
        configuration.lanes = try parsed.integer("jobs", in: 1...64) ?? 1
        configuration.requestsPerSecond = try rate(parsed)
        configuration.seed = UInt64(try parsed.integer("seed", in: 0...Int.max) ?? 1)
        configuration.failsFast = parsed.flag("fail-fast")
        configuration.speed = Double(try parsed.integer("speed", in: 1...1000) ?? 1)
        configuration.facilities = try FacilityInput.facilities(
            parsed, scheme: scheme, options: try TargetInput.clientOptions(parsed))
        return configuration
    }

    /// Gives the selected cases; a pattern that matches nothing is an error, with the nearest names.
    static func plan(_ parsed: ParsedCommand, _ configuration: RunConfiguration) throws -> Plan {
        let plan: Plan
        do throws(RunConfiguration.UnmatchedPattern) {
            plan = try configuration.plan()
        } catch {
            throw unmatched(error, parsed, scheme: configuration.scheme)
        }
        guard let text = parsed.value("shard") else { return plan }
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
        guard numbers.count == 2, numbers[0] >= 1, numbers[0] <= numbers[1] else {
            throw parsed.invalid("shard", value: text, advice: "Write the part and the number of parts, such as 2/4.")
        }
        return plan.part(numbers[0] - 1, of: numbers[1])
    }

    private static func unmatched(
        _ error: RunConfiguration.UnmatchedPattern, _ parsed: ParsedCommand, scheme: Scheme
    ) -> UsageError {
        let glob = CaseGlob(error.pattern)
        let nearest = Suggestion.nearest(error.pattern, among: error.known)
        var advice = "'countersign list --scheme \(scheme.id)' shows them."
        if Catalogue.descriptions.contains(where: { glob.matches($0.id) }) {
            advice = "It matches cases that do not apply to \(scheme.id)."
        } else if !nearest.isEmpty {
            advice = "Did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"
        }
        return parsed.error("No case of \(scheme.id) matches '\(printable(error.pattern))'. \(advice)")
    }

    private static func rate(_ parsed: ParsedCommand) throws -> Int? {
        guard let text = parsed.value("rate") else { return nil }
        let digits = text.hasSuffix("/s") ? String(text.dropLast(2)) : text
        guard let rate = Int(digits), (1...1_000_000).contains(rate) else {
            throw parsed.invalid("rate", value: text, advice: "Write requests a second, such as 20/s.")
        }
        return rate
    }
}
