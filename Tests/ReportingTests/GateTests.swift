import Bytes
import Foundation
import ReportModel
import Testing

@testable import Reporting

@Suite("Waivers and baselines") struct GateTests {
    private static let today = CalendarDay("2026-11-26")!
    private static let future = "timestamp/future-one-year"

    private static func waiver(
        _ outcome: String, of id: String = future, until day: String = "2027-01-31"
    ) -> Waiver {
        Waiver(
            caseID: id, outcome: PinnedOutcome(outcome)!, reason: "gateway upgrade", owner: "@bridges", issue: "INT-41",
            expires: CalendarDay(day)!)
    }

    private static func applied(_ waivers: Waiver..., leftOut: Set<String> = []) -> Report {
        var report = Fixture.report
        report.cases.removeAll { [.inconclusive, .waived].contains($0.outcome) }
        report.apply(WaiverFile(waivers), today: today, isLeftOut: leftOut.contains)
        report.conclude()
        return report
    }

    /// What each waiver comes to beside what the run found.
    @Test(
        "The truth table of waivers",
        arguments: [
            ("fails as pinned", waiver("forgery: accepted 200"), nil),
            ("fails as pinned, any status", waiver("forgery: accepted"), nil),
            ("fails as pinned, only the harm", waiver("forgery"), nil),
            ("on its last day", waiver("forgery", until: "2026-11-26"), nil),
            ("the day after", waiver("forgery", until: "2026-11-25"), .expired),
            ("another status", waiver("forgery: accepted 202"), .changed(PinnedOutcome("forgery: accepted 200")!)),
            ("another harm", waiver("crash: silent"), .changed(PinnedOutcome("forgery: accepted 200")!)),
            ("passes now", waiver("forgery", of: "presence/no-signature"), .stale),
            ("expired, and passes now", waiver("forgery", of: "presence/no-signature", until: "2026-01-01"), .expired),
            ("skipped", waiver("refusal", of: "transport/chunked"), .unmatched),
            ("not selected", waiver("forgery", of: "body/no-such"), .unmatched),
            ("a warning", waiver("contract: rejected 400", of: "contract/bad-signature-status"), nil),
        ] as [(String, Waiver, WaiverProblem.Kind?)])
    func truthTable(name: String, waiver: Waiver, kind: WaiverProblem.Kind?) throws {
        let report = Self.applied(waiver)
        #expect(report.gate?.waivers.map(\.kind) == (kind.map { [$0] } ?? []))
        #expect(report.summary.waived == (kind == nil ? 1 : 0))
        let result = report.cases.first { $0.id == waiver.caseID }
        #expect(result?.excuse == (kind == nil ? .waiver(waiver) : nil))
        #expect(report.exit == .failure, "another case still fails")
    }

    @Test("With every failure waived the run is green, and says so")
    func allWaived() {
        let report = Self.applied(
            Self.waiver("forgery"), Self.waiver("forgery: accepted 200", of: "signature/truncated"))
        #expect(report.exit == .success)
        let text = TerminalReport.text(report, Fixture.context)
        #expect(text.contains("→ exit 0 (conformant but for 2 waived)"), "\(text)")
        #expect(text.contains("waived until 2027-01-31: gateway upgrade (INT-41, @bridges)"))
        #expect(text.contains("timestamp/future-one-year (forgery: accepted 200)"))
    }

    @Test("A stale waiver fails a run without failures, and is named even in the quiet report")
    func staleFails() {
        let report = Self.applied(
            Self.waiver("forgery"), Self.waiver("forgery", of: "signature/truncated"),
            Self.waiver("forgery", of: "presence/no-signature"))
        #expect(report.exit == .failure)
        for verbosity in [Style.Verbosity.quiet, .normal] {
            let text = TerminalReport.text(report, Fixture.context, style: Style(verbosity: verbosity))
            #expect(text.contains("presence/no-signature"))
            #expect(text.contains("stale: the case passes now: remove the waiver"))
            #expect(text.contains("→ exit 1 (1 waiver to correct)"))
        }
    }

    @Test("The waiver of a case that was left out on purpose is not judged")
    func leftOut() {
        let report = Self.applied(Self.waiver("forgery", of: "body/elsewhere"), leftOut: ["body/elsewhere"])
        #expect(report.gate?.waivers == [])
    }

    @Test("Without a pass that rejects anything, waivers do not make a run green")
    func vacuous() {
        var report = Fixture.report
        report.cases.removeAll { $0.id != Self.future }
        report.apply(WaiverFile([Self.waiver("forgery")]), today: Self.today)
        report.conclude()
        #expect(report.exit == .inconclusive)
        #expect(report.cause == .nothingRefused)
    }

    @Test("Against a baseline only what is new fails")
    func baseline() {
        var before = Fixture.report
        before.cases = [
            Fixture.result(Self.future, .fail, impact: .forgery, observed: .accepted),
            Fixture.result("signature/truncated", .fail, impact: .crash, observed: .unavailable),
            Fixture.result("presence/no-signature", .fail, impact: .forgery, observed: .accepted),
            Fixture.result("transport/chunked", .waived, impact: .forgery, observed: .accepted),
        ]
        var report = Self.applied()
        report.compare(with: before)
        report.conclude()
        #expect(
            report.gate?.baseline
                == BaselineComparison(
                    run: "1a2b3c4d5e6f", new: ["signature/truncated"], fixed: ["presence/no-signature"],
                    unjudged: ["transport/chunked"]))
        #expect(report.cases.first { $0.id == Self.future }?.excuse == .baseline(run: "1a2b3c4d5e6f"))
        #expect(report.exit == .failure)
        before.cases[1] = Fixture.result("signature/truncated", .fail, impact: .forgery, observed: .accepted)
        report = Self.applied()
        report.compare(with: before)
        report.conclude()
        #expect(report.exit == .success)
    }

    @Test("Too few judged cases make a run inconclusive", arguments: [7, 8])
    func minimum(cases: Int) {
        var report = Self.applied()
        #expect(report.cases.count == 8)
        report.demand(cases: cases)
        report.conclude()
        #expect(report.cause == (cases == 8 ? .tooFew(judged: 7, minimum: 8) : nil))
        #expect(report.exit == .failure, "a failure that was proven stays proven")
    }

    @Test("A gate is written and read back")
    func roundTrip() throws {
        var report = Self.applied(
            Self.waiver("forgery"), Self.waiver("crash: silent", of: "signature/truncated"),
            Self.waiver("forgery", of: "presence/no-signature", until: "2026-01-01"),
            Self.waiver("leak", of: "transport/chunked"),
            Self.waiver("refusal: rejected 401", of: "presence/empty-signature"))
        report.compare(with: Fixture.report)
        report.conclude()
        let bytes = JSONReport.bytes(of: report, version: "1.2.3")
        let read = try JSONReport.report(from: bytes).report
        #expect(read.gate == report.gate)
        #expect(read.cases == report.cases)
        #expect(JSONReport.bytes(of: read, version: "1.2.3") == bytes)
    }
}

@Suite("Waiver files") struct WaiverFileTests {
    private static let today = CalendarDay("2026-11-26")!
    private static let member = #""case": "a/b", "outcome": "forgery", "reason": "r", "owner": "o", "issue": "i""#

    @Test(
        "What is wrong is named with its place",
        arguments: [
            ("not JSON", "{", "this is not JSON"),
            ("another format", #"{"format": 2, "waivers": []}"#, "/format: this is format 2"),
            ("no list", #"{"format": 1}"#, "the key \"waivers\" is missing"),
            ("an unknown key", #"{"format": 1, "waivers": [], "wavers": 1}"#, "/wavers: unknown key"),
            ("no expiry", "{\"format\": 1, \"waivers\": [{\(member)}]}", "the key \"expires\" is missing"),
            (
                "a day that no calendar has",
                "{\"format\": 1, \"waivers\": [{\(member), \"expires\": \"2027-02-29\"}]}",
                "/waivers/0/expires: expected a day"
            ),
            (
                "181 days", "{\"format\": 1, \"waivers\": [{\(member), \"expires\": \"2027-05-26\"}]}",
                "a waiver lasts 180 days at most: until 2027-05-25"
            ),
            (
                "twice",
                "{\"format\": 1, \"waivers\": [{\(member), \"expires\": \"2027-01-01\"}, {\(member), \"expires\": \"2027-01-01\"}]}",
                "/waivers/1/case: there is a waiver for this case already"
            ),
            (
                "an empty reason",
                #"{"format": 1, "waivers": [{"case": "a/b", "outcome": "leak", "reason": " ", "owner": "o", "issue": "i", "expires": "2027-01-01"}]}"#,
                "/waivers/0/reason: this may not be empty"
            ),
            (
                "an outcome that is none",
                #"{"format": 1, "waivers": [{"case": "a/b", "outcome": "rejected:400", "reason": "r", "owner": "o", "issue": "i", "expires": "2027-01-01"}]}"#,
                "/waivers/0/outcome: expected a harm"
            ),
        ])
    func mistakes(name: String, text: String, message: String) {
        do {
            _ = try WaiverFile(Array(text.utf8), today: Self.today)
            Issue.record("it was read")
        } catch { #expect(error.description.contains(message), "\(error)") }
    }

    @Test("A file is written as it is read")
    func roundTrip() throws {
        let text = "{\"format\": 1, \"waivers\": [{\(Self.member), \"expires\": \"2027-05-25\"}]}"
        let file = try WaiverFile(Array(text.utf8), today: Self.today)
        #expect(try WaiverFile(file.bytes, today: Self.today) == file)
        #expect(try JSON.parse(file.bytes) == JSON.parse(Array(text.utf8)))
    }

    @Test(
        "Outcomes are their own text",
        arguments: ["forgery", "leak", "forgery: accepted 200", "crash: silent", "contract: rejected 400"])
    func outcomes(text: String) { #expect(PinnedOutcome(text)?.text == text) }

    @Test(
        "What is no outcome is refused",
        arguments: [
            "", "fail", "forgery:", "forgery: ", "forgery:accepted", "forgery: yes", "forgery: accepted 2000",
            "forgery: accepted 200 OK", "forgery: accepted: 200",
        ])
    func noOutcomes(text: String) { #expect(PinnedOutcome(text) == nil) }

    /// Foundation's calendar knows the days.
    @Test("Days are those of the calendar") func days() throws {
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withFullDate]
        for number in stride(from: Int64(-130_000), through: 2_900_000, by: 9973) {
            let day = CalendarDay(unixTime: number * 86_400 + 86_399)
            let text = formatter.string(from: Date(timeIntervalSince1970: Double(number * 86_400)))
            #expect(day.text == text)
            #expect(CalendarDay(text) == day)
        }
        for text in ["2027-02-29", "2027-13-01", "2027-00-01", "2027-01-00", "2027-1-1", "+027-01-01", "2027-01-01Z"] {
            #expect(CalendarDay(text) == nil, "\(text)")
        }
    }
}
