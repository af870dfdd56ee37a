import Bytes
import ReportModel
import Schemes
import Testing

@testable import Diagnosis

/// Causes named from a small table, made by hand.
@Suite("Causes") struct CauseMatcherTests {
    private static let text = """
        case a/1
        case a/2
        case a/3
        case a/4
        case a/5
        case a/6
        scheme github 0-5
        flaw everything Nothing is checked.
        in github,stripe forgery=0-3
        flaw half Half is checked.
        in github forgery=0-1
        flaw twin Half is checked in another way.
        in github forgery=0-1,5
        flaw crash It crashes.
        in github crash=4
        flaw crashes-too It crashes for another reason.
        in github crash=4

        """

    private func causes(
        _ impacts: [String: Impact], met: [String] = [], unsteady: Bool = false
    ) throws -> [Diagnosis] {
        let cases = impacts.map { result($0.key, $0.value) } + met.map { result($0, nil) }
        var report = Report(
            complete: true, exit: .failure,
            run: Report.RunDescription(
                id: "", scheme: "github", payload: "", target: "", level: .all, enforce: .must, profile: .standard,
                seed: 1, vectors: "", remarks: []), measurements: Measurements(), cause: nil, cases: cases,
            record: RunRecord())
        if unsteady { report.cases[0].reason = .unsteady(.bothWays) }
        return CauseMatcher(try CauseTable(Array(Self.text.utf8))).causes(of: report)
    }

    private func result(_ id: String, _ impact: Impact?) -> CaseResult {
        CaseResult(
            info: CaseInfo(
                id: id, title: "", level: .must, topic: .signature, severity: .high, cwe: [], covers: [], why: "",
                fix: ""),
            clauses: [], changes: .nothing, expected: .init(decision: .rejected, statuses: []),
            outcome: impact == nil ? .pass : .fail, impact: impact, observed: .init(observation: .accepted))
    }

    private func names(_ causes: [Diagnosis]) -> [[String]] {
        causes.map { if case .flaws(let flaws) = $0.finding { flaws.map(\.id) } else { [] } }
    }

    @Test("The flaw with the same pattern is named, with what it explains")
    func exact() throws {
        let causes = try causes(
            ["a/1": .forgery, "a/2": .forgery, "a/3": .forgery, "a/4": .forgery], met: ["a/5", "a/6"])
        #expect(names(causes) == [["everything"]])
        #expect(causes[0].explains == ["a/1", "a/2", "a/3", "a/4"])
        #expect(causes[0].contradicts.isEmpty)
    }

    @Test("A flaw that would have failed what was met is not named")
    func contradicted() throws {
        #expect(names(try causes(["a/1": .forgery, "a/2": .forgery], met: ["a/3", "a/4", "a/6"])) == [["half"]])
    }

    @Test("Where the case that tells them apart was not run, both are named")
    func tied() throws {
        #expect(names(try causes(["a/1": .forgery, "a/2": .forgery], met: ["a/3", "a/4"])) == [["half", "twin"]])
    }

    @Test("Another impact is another cause")
    func impacts() throws { #expect(try causes(["a/1": .contract, "a/2": .contract]).isEmpty) }

    @Test("Two causes are named one after the other")
    func two() throws {
        let causes = try causes(
            ["a/1": .forgery, "a/2": .forgery, "a/3": .forgery, "a/4": .forgery, "a/5": .crash], met: ["a/6"])
        #expect(names(causes) == [["everything"], ["crash", "crashes-too"]])
    }

    @Test("Nothing is named when nothing fits, or when verdicts do not follow from requests")
    func nothing() throws {
        #expect(try causes(["a/6": .forgery], met: ["a/1", "a/2", "a/3", "a/4", "a/5"]).isEmpty)
        #expect(try causes([:], met: ["a/1", "a/2"]).isEmpty)
        #expect(try causes(["a/1": .forgery, "a/2": .forgery], unsteady: true).isEmpty)
    }

    @Test("The case that tells tied flaws apart is asked for")
    func telling() throws {
        let cases = [result("a/1", .forgery), result("a/2", .forgery), result("a/3", nil), result("a/4", nil)]
        let report = Report(
            complete: true, exit: .failure,
            run: Report.RunDescription(
                id: "", scheme: "github", payload: "", target: "", level: .all, enforce: .must, profile: .standard,
                seed: 1, vectors: "", remarks: []), measurements: Measurements(), cause: nil, cases: cases,
            record: RunRecord())
        #expect(CauseMatcher(try CauseTable(Array(Self.text.utf8))).tellingCases(for: report) == ["a/6"])
    }

    @Test(
        "A mistake in a table is found, with its line",
        arguments: [("in github forgery=0\n", 1), ("case a\nflaw x y\nin github forgery=1\n", 3), ("what\n", 1)])
    func mistakes(text: String, line: Int) {
        #expect { try CauseTable(Array(text.utf8)) } throws: { ($0 as? CauseTable.Mistake)?.line == line }
    }

    @Test("The table of the build is read")
    func embedded() { #expect(CauseTable.embedded.flaws.isEmpty == CauseTable.embedded.cases.isEmpty) }
}
