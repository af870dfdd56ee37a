internal import Bytes
internal import Catalogue
internal import Harness
internal import ReportModel
internal import Schemes

/// What would be sent, for `--dry-run`.
enum PlanText {
    static func text(_ plan: Plan, _ configuration: RunConfiguration, target: String) -> String {
        let scheme = configuration.scheme
        let cases = plan.cases.map { line($0, scheme) }
        var longest: Int64 = 0
        var skipped = 0
        let scenarios = plan.scenarios.map { scenario -> String in
            if let reason = configuration.reasonToSkip(scenario) {
                skipped += 1
                return line(scenario, scheme) + "  skipped: \(reason)"
            }
            let seconds = scenario.waits(scheme)
            longest = max(longest, seconds)
            return line(scenario, scheme) + (seconds > 0 ? "  waits \(seconds) s" : "")
        }
        let requests = plan.cases.count * 2 + (plan.scenarios.count - skipped) * 4
        var totals =
            "\(plan.count) cases\(skipped > 0 ? ", \(skipped) of them skipped" : ""), at least \(requests) requests to "
            + "\(printable(target)), about half of them valid. Nothing was sent."
        if longest > 0 {
            totals +=
                "\nOther cases run while these wait, so the run takes at least "
                + "\(Int64((Double(longest) / configuration.speed).rounded(.up))) s. --skip-slow leaves them out."
        }
        return (cases + scenarios + [totals]).joined(separator: "\n")
    }

    private static func line(_ testCase: some CaseDescription, _ scheme: Scheme) -> String {
        "  \(testCase.level(in: scheme).rawValue.padded(to: 7))\(testCase.id)"
    }
}
