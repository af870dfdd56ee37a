import Catalogue
import ReportModel
import Reporting
import Schemes
import Testing

/// What a report says of a target whose verdicts can't be relied on.
@Suite("A report on a target that is not steady")
struct SteadinessReportTests {
    private static let refused = CaseResult.Observed(observation: .rejected, status: 401)
    private static let limited = CaseResult.Observed(observation: .odd, status: 429)

    private static func report(_ reason: Reason, _ outcome: Outcome, cause: Cause? = nil) -> Report {
        let scheme = SchemeLibrary.all[0]
        var report = Report(
            complete: true, exit: .failure,
            run: Report.RunDescription(
                id: "00", scheme: scheme.id, payload: "p", target: "t", level: .all, enforce: .must, profile: .smoke,
                seed: 7, vectors: "", remarks: [.rateLimited]),
            measurements: Measurements(), cause: cause,
            cases: [discriminating(scheme)], record: RunRecord())
        if let testCase = Catalogue.named("control/steady") {
            report.cases.append(
                CaseResult(
                    info: testCase.info, clauses: [], changes: .nothing,
                    expected: CaseResult.Expected(decision: .accepted, statuses: []), outcome: outcome, reason: reason))
        }
        report.measurements.failed = [.window, .clock]
        report.conclude()
        return report
    }

    /// A pass that tells something while verdicts follow from requests.
    private static func discriminating(_ scheme: Scheme) -> CaseResult {
        CaseResult(
            info: Catalogue.cases(for: scheme)[0].info, clauses: [], changes: .signature,
            expected: CaseResult.Expected(decision: .rejected, statuses: []), outcome: .pass, observed: refused,
            control: CaseResult.Observed(observation: .accepted, status: 200))
    }

    @Test(
        "is read back as it was written",
        arguments: [
            (Reason.unsteady(.bothWays), Outcome.fail), (.unsteady(.wrongSignatureAccepted), .fail),
            (.unsteady(.validRefused(refused)), .fail), (.inconclusive(.unsteady), .inconclusive),
            (.inconclusive(.lockedOut), .inconclusive), (.inconclusive(.limited(limited)), .inconclusive),
        ])
    func roundTrip(reason: Reason, outcome: Outcome) throws {
        for cause in [Cause.verdictsIndependent, .limited(Self.limited)] {
            let report = Self.report(reason, outcome, cause: cause)
            let read = try JSONReport.report(from: JSONReport.bytes(of: report, version: "1")).report
            #expect(read.cases == report.cases)
            #expect(read.cause == cause)
            #expect(read.run == report.run)
            #expect(read.measurements.failed == [.window, .clock])
            #expect(read.summary == report.summary)
        }
    }

    @Test("counts no pass as one that tells anything")
    func discriminating() {
        #expect(Self.report(.unsteady(.bothWays), .fail).summary.discriminating == 0)
        #expect(Self.report(.inconclusive(.lockedOut), .inconclusive).summary.discriminating == 1)
    }

    @Test("names the option for the rate once, and what was not measured without a check mark")
    func words() {
        let context = ReportContext(version: "1", remedy: { $0 == .rateLimited ? "--rate" : nil })
        let text = TerminalReport.text(Self.report(.unsteady(.bothWays), .fail, cause: .verdictsIndependent), context)
        #expect(text.split(separator: "--rate").count == 2)
        for quantity in ["window", "clock"] {
            #expect(
                text.split(separator: "\n").contains { $0.hasPrefix("! \(quantity)") && $0.contains("not measured") })
        }
        #expect(text.contains("verdicts do not depend on the request"))
    }
}
