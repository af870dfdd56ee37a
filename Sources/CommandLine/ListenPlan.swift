internal import Bytes
internal import Catalogue
internal import Harness
internal import ReportModel
internal import Reporting
internal import Schemes
internal import Subjects

/// What would be triggered, for `listen --dry-run`.
enum ListenPlan {
    static func text(_ plan: Plan, _ configuration: RunConfiguration, _ sender: SenderRunner.Sender) -> String {
        var (longest, whole, deliveries) = (0.0, 0.0, 1)
        var lines = plan.cases.map { testCase in
            let line = "  \(testCase.level(in: configuration.scheme).rawValue.padded(to: 7))\(testCase.id)"
            guard let procedure = testCase.procedure.sender else { return line }
            if let reason = sender.reasonToSkip(testCase, configuration) { return line + "  skipped: \(reason.words)" }
            let seconds = procedure.longest(in: configuration.scheme, at: sender.pace).rounded(.up)
            (longest, whole) = (max(longest, seconds), whole + seconds)
            deliveries += procedure.deliveries
            return line + (seconds > 0 ? "  watched for up to \(Int(seconds)) s" : "")
        }
        let lanes = sender.trigger.takesURL ? sender.lanes : 1
        let most = Int(max(longest, whole / Double(lanes)).rounded(.up)) + 1
        lines.append(
            "\(counted(plan.cases.count, "case")), for which \(deliveries == 1 ? "1 delivery" : "\(deliveries) deliveries") "
                + "would be triggered, \(lanes) at a time, in about \(most) s at most. Nothing was sent.")
        return lines.joined(separator: "\n")
    }
}
