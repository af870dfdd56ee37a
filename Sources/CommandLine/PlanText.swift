internal import Bytes
internal import Catalogue
internal import Harness
internal import ReportModel
internal import Reporting
internal import Schemes

/// What would be sent, for `--dry-run`.
enum PlanText {
    static func text(_ plan: Plan, _ configuration: RunConfiguration, target: String) -> String {
        let circumstances = configuration.circumstances
        var (longest, skipped, requests) = (Int64(0), 0, 0)
        var lines = plan.cases.map { testCase in
            let line = line(testCase, configuration.scheme)
            if let reason = testCase.reasonToSkip(in: circumstances) {
                skipped += 1
                let option = ReportOutputs.option(for: reason).map { " (\($0))" } ?? ""
                return line + "  skipped: \(reason.words)\(option)"
            }
            let seconds = testCase.waits(in: configuration.scheme)
            longest = max(longest, seconds)
            // A scenario sends a control, the requests it is about, and requests that show the effect.
            requests += testCase.probe == nil ? 4 : 2
            return line + (seconds > 0 ? "  waits \(seconds) s" : "")
        }
        var totals =
            "\(plan.cases.count) cases\(skipped > 0 ? ", \(skipped) of them skipped" : ""), at least \(requests) "
            + "requests to \(printable(target)), about half of them valid. Nothing was sent."
        if longest > 0 {
            totals +=
                "\nOther cases run while these wait, so the run takes at least "
                + "\(Int64((Double(longest) / configuration.clock.speed).rounded(.up))) s. --skip-slow leaves them out."
        }
        if configuration.diagnosisRequests > 0 {
            totals +=
                "\nIf valid requests are refused, none of these is run, and at most \(configuration.diagnosisRequests) "
                + "requests ask what the endpoint verifies (--diagnose)."
        }
        lines.append(totals)
        return lines.joined(separator: "\n")
    }

    private static func line(_ testCase: Case, _ scheme: Scheme) -> String {
        "  \(testCase.level(in: scheme).rawValue.padded(to: 7))\(testCase.id)"
    }
}
