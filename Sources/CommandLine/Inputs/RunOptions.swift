internal import Arguments
internal import Bytes
internal import Catalogue
internal import Harness
internal import ReportModel
internal import Schemes

/// The options that decide what a run does.
enum RunOptions {
    static let level = Option(
        "level", value: "level", .choice(Scope.allCases), default: .should,
        help: "Which cases to run.",
        group: "Selection")

    static let enforce = Option(
        "enforce", value: "level", .choice([Level.must, .should]), default: .must,
        help: "The lowest level whose unmet cases fail the run; below it they are warnings.", group: "Selection")

    static let only = Option(
        repeating: "only", value: "glob", .glob,
        help: "Run only these cases: '*' matches within one segment of an id, '**' across segments.",
        group: "Selection")

    static let skip = Option(
        repeating: "skip", value: "glob", .glob, help: "Leave these cases out.", group: "Selection")

    static let profile = Option(
        "profile", value: "profile", .choice(Profile.allCases), default: .standard,
        help: "How much to run: the dozen cases that find most, all that are quick and harmless, or all.",
        group: "Selection")

    static let shard = Option(
        "shard", value: "i/n", .shard,
        help: "Run the i-th of n equal parts of the selection; 'env' takes both from the variables of Bazel, GitLab, "
            + "CircleCI, Buildkite or a Kubernetes Job.", group: "Selection")

    static let jobs = Option(
        "jobs", short: "j", value: "n", .jobs, default: nil,
        help: "Run this many cases at once; 'auto' runs several where answers have far to come, up to 8.", group: "Pace"
    )

    static let rate = Option(
        "rate", value: "n/s", .rate, help: "Send at most this many requests a second.", group: "Pace")

    static let deadline = Option(
        "deadline", value: "seconds", .seconds(in: .seconds(1) ... .seconds(86_400)), default: .seconds(3600),
        help: "The longest that the run may take; what is not judged by then is inconclusive.", group: "Pace")

    static let seed = Option<Int?>(
        "seed", value: "n", .integer(in: 0...Int.max), defaultText: "drawn at random",
        help: "The seed that orders and repetitions are drawn from; a report names it, to repeat a run.",
        group: "Pace")

    static let failFast = Option(flag: "fail-fast", help: "Stop at the first failure.", group: "Pace")
    static let dryRun = Option(flag: "dry-run", help: "Show what would run, and send nothing.", group: "Pace")

    static let diagnose = Option(
        "diagnose", value: "n", .diagnosis, default: 60,
        help:
            "When valid requests are refused, send at most this many that ask what the endpoint verifies; 'off' sends "
            + "none.", group: "Pace")

    static let diagnosePairs = Option(
        flag: "diagnose-pairs", help: "Ask about two differences from the document at a time as well.", group: "Pace")

    static let selection: [any OptionKey] = [level, enforce, only, skip, profile, shard]
    static let pace: [any OptionKey] = [
        jobs, rate, deadline, seed, failFast, dryRun, diagnose, diagnosePairs,
    ]

    /// Reads everything but the target.
    static func configuration(_ parsed: ParsedCommand) throws -> RunConfiguration {
        let scheme = try SchemeInput.scheme(parsed)
        let secret = try SecretInput.secret(parsed[SharedOptions.secret], scheme: scheme)
        var configuration = RunConfiguration(
            scheme: scheme, payload: try SchemeInput.typedPayload(parsed, scheme: scheme), secret: secret)
        configuration.credentials = try SecretInput.credentials(parsed, scheme: scheme)
        configuration.bodyTemplate = try BodyInput.body(parsed, SharedOptions.body)
        configuration.scope = try parsed[level]
        configuration.enforced = try parsed[enforce]
        configuration.profile = try parsed[profile]
        configuration.only = try parsed[only]
        configuration.skip = try parsed[skip]
        configuration.shard = try parsed[shard]
        configuration.lanes = try parsed[jobs]
        configuration.requestsPerSecond = try parsed[rate]
        configuration.restart = try parsed[FacilityInput.restart]
        configuration.longest = try parsed[deadline]
        configuration.seed = UInt64(try parsed[seed] ?? .random(in: 1...999_999_999))
        configuration.failsFast = try parsed[failFast]
        configuration.diagnosisRequests = try parsed[diagnose]
        configuration.namesCauses = configuration.diagnosisRequests > 0
        configuration.diagnosesPairs = try parsed[diagnosePairs]
        configuration.clock = RunClock(speed: Double(try parsed[FacilityInput.speed]))
        configuration.facilities = try FacilityInput.facilities(
            parsed, scheme: scheme, options: try TargetInput.clientOptions(parsed))
        return configuration
    }

    /// Returns the selected cases; a pattern that matches nothing is an error, with the nearest names.
    static func plan(_ parsed: ParsedCommand, _ configuration: RunConfiguration) throws -> Plan {
        try plan(parsed, configuration, among: Catalogue.cases(for: configuration.scheme))
    }

    /// Returns those of some cases that are selected.
    static func plan(_ parsed: ParsedCommand, _ configuration: RunConfiguration, among cases: [Case]) throws -> Plan {
        do throws(RunConfiguration.UnmatchedPattern) {
            return try configuration.plan(among: cases)
        } catch {
            throw unmatched(error, parsed, scheme: configuration.scheme)
        }
    }

    private static func unmatched(
        _ error: RunConfiguration.UnmatchedPattern, _ parsed: ParsedCommand, scheme: Scheme
    ) -> UsageError {
        let glob = CaseGlob(error.pattern)
        var advice =
            Suggestion.sentence(for: error.pattern, among: error.known)
            ?? "'countersign list --scheme \(scheme.id)' shows them."
        if Catalogue.all.contains(where: { glob.matches($0.id) }) {
            advice = "It matches cases that do not apply to \(scheme.id)."
        }
        return parsed.error("No case of \(scheme.id) matches '\(printable(error.pattern))'. \(advice)")
    }
}

extension ValueForm<Int> {
    /// Requests a second.
    static let rate = ValueForm { text throws(InvalidValue) in
        let digits = text.hasSuffix("/s") ? text.dropLast(2) : text[...]
        guard let rate = ASCII.decimal(digits.utf8), (1...1_000_000).contains(rate) else {
            throw InvalidValue("Write requests a second, from 1 to 1000000, such as 20/s.")
        }
        return Int(rate)
    }
}

extension ValueForm<Int> {
    /// A number of requests, or `off`.
    static let diagnosis = ValueForm { text throws(InvalidValue) in
        if text == "off" { return 0 }
        guard let number = ASCII.decimal(text.utf8), (1...100_000).contains(number) else {
            throw InvalidValue("Write a number of requests from 1 to 100000, or 'off'.")
        }
        return Int(number)
    }
}

extension ValueForm<Int?> {
    /// A number of cases at once; `nil` for as many as the target's distance suggests.
    static let jobs = ValueForm(text: { $0.map { "\($0)" } ?? "auto" }) { text throws(InvalidValue) in
        if text == "auto" { return nil }
        guard let number = ASCII.decimal(text.utf8), (1...64).contains(number) else {
            throw InvalidValue("Write a number from 1 to 64, or 'auto'.")
        }
        return Int(number)
    }
}

extension ValueForm<CaseGlob> {
    static let glob = ValueForm { CaseGlob($0) }
}
