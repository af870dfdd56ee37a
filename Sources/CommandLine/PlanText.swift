internal import Bytes
internal import Catalogue
internal import Harness
internal import ReportModel
internal import Reporting
internal import Subjects

/// What would be sent, for `--dry-run`.
enum PlanText {
    /// Writes a plan.
    ///
    /// - Parameter namesCases: whether each case has a line; otherwise each family has one.
    static func text(_ run: PreparedRun, namesCases: Bool) -> String {
        let (plan, configuration) = (run.plan, run.configuration)
        let circumstances = configuration.circumstances
        var (longest, skipped, requests) = (Int64(0), 0, 0)
        var families = FamilyTable(columns: ["run", "skipped"])
        var lines = [String]()
        for testCase in plan.cases {
            let line = "  \(testCase.level(in: configuration.scheme).rawValue.padded(to: 7))\(testCase.id)"
            if let reason = testCase.reasonToSkip(in: circumstances) {
                skipped += 1
                families.count("skipped", in: testCase.family)
                let option = ReportOutputs.option(for: reason).map { " (\($0))" } ?? ""
                lines.append(line + "  skipped: \(reason.words)\(option)")
                continue
            }
            families.count("run", in: testCase.family)
            let seconds = testCase.waits(in: configuration.scheme)
            longest = max(longest, seconds)
            // A scenario sends a control, the requests it is about, and requests that show the effect.
            requests += testCase.probe == nil ? 4 : 2
            lines.append(line + (seconds > 0 ? "  waits \(seconds) s" : ""))
        }
        var totals =
            "\(plan.cases.count) cases\(skipped > 0 ? ", \(skipped) of them skipped" : ""), at least \(requests) "
            + "requests to \(printable(run.subject.name)), about half of them valid. Nothing was sent."
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
        if !namesCases { totals += "\n--verbose shows each case." }
        return ((namesCases ? lines : families.lines) + [totals]).joined(separator: "\n")
    }
}
