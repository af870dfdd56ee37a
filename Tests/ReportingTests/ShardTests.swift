import ReportModel
import Schemes
import Testing

@testable import Reporting

@Suite("Shards and differences") struct ShardTests {
    /// What a run with `--shard` would have reported.
    private static func shards(of whole: Report, _ count: Int) -> [Report] {
        (1...count).map { number in
            var report = whole
            report.run.selection.shard = Shard(number: number, count: count)
            report.cases = stride(from: number - 1, to: whole.cases.count, by: count).map { whole.cases[$0] }
            report.record.evidence = whole.record.evidence.filter { id, _ in report.cases.contains { $0.id == id } }
            report.cause = nil
            report.conclude()
            return report
        }
    }

    @Test("All shards, in any order, make the whole run again", arguments: [1, 2, 3, 4, 7, 10, 14])
    func merged(count: Int) throws {
        var whole = Fixture.report
        whole.conclude()
        let merged = try Report.merging(Self.shards(of: whole, count).shuffled())
        #expect(merged.cases == whole.cases)
        #expect(merged.summary == whole.summary)
        #expect(merged.exit == whole.exit)
        #expect(merged.run == whole.run)
        #expect(merged.measurements == whole.measurements)
        #expect(merged.record.evidence == whole.record.evidence)
        #expect(merged.record.exchanges == whole.record.exchanges * count)
    }

    /// A shard may have no discriminating case, and is inconclusive by itself.
    @Test("Whether anything was refused is asked of the whole")
    func causes() throws {
        var whole = Fixture.sound
        whole.conclude()
        let shards = Self.shards(of: whole, 3)
        #expect(shards[0].cause == .nothingRefused)
        #expect(try Report.merging(shards).exit == .success)
    }

    @Test("A waiver that does not fit fails the whole, whichever shard found it", arguments: 0..<3)
    func gates(place: Int) throws {
        var whole = Fixture.sound
        whole.conclude()
        var shards = Self.shards(of: whole, 3)
        let waiver = Waiver(
            caseID: "timestamp/future", outcome: try #require(PinnedOutcome("forgery")), reason: "a test",
            owner: "@tests", issue: "T-1", expires: try #require(CalendarDay("2027-01-31")))
        for number in shards.indices { shards[number].gate = Gate() }
        shards[place].gate?.waivers = [WaiverProblem(waiver: waiver, kind: .stale)]
        shards[place].gate?.baseline = BaselineComparison(run: "000000000000", new: ["timestamp/future"])
        let merged = try Report.merging(shards)
        #expect(merged.exit == .failure)
        #expect(merged.gate == shards[place].gate)
    }

    /// A run adds the case about steadiness where it was not selected.
    @Test(
        "A shard whose verdicts did not follow from the requests is merged too", arguments: [[0], [1], [2], [0, 1, 2]])
    func unsteady(places: [Int]) throws {
        var whole = Fixture.sound
        whole.conclude()
        var shards = Self.shards(of: whole, 3)
        var added = whole.cases[0]
        added.info = CaseInfo(
            id: "control/steady", title: "", level: .must, topic: .signature, severity: .critical, cwe: [], covers: [],
            why: "", fix: "")
        added.outcome = .fail
        added.impact = .forgery
        added.reason = .unsteady(.bothWays)
        for place in places { shards[place].cases.append(added) }
        let merged = try Report.merging(shards)
        #expect(merged.cases == whole.cases + [added])
        #expect(merged.exit == .failure)
        #expect(merged.summary.discriminating == 0)
    }

    @Test("What is not the whole of one run is refused, with the reason")
    func refused() {
        let shards = Self.shards(of: Fixture.report, 3)
        let names = ["a.json", "b.json", "c.json"]
        func problem(_ reports: [Report]) -> String? {
            do throws(Report.MergeProblem) {
                _ = try Report.merging(reports)
                return nil
            } catch { return error.words(names: names) }
        }
        func changed(_ change: (inout Report) -> Void) -> [Report] {
            var reports = shards
            change(&reports[1])
            return reports
        }
        #expect(problem(shards) == nil)
        #expect(problem([shards[0], shards[2]]) == "shard 2 of 3 is missing")
        #expect(problem([shards[0]]) == "shards 2, 3 of 3 are missing")
        #expect(problem([shards[0], shards[1], shards[0]]) == "'a.json' and 'c.json' are both shard 1 of 3")
        #expect(
            problem([Fixture.report]) == "'a.json' is not the report of a shard; merge reports of runs with --shard")
        #expect(problem(changed { $0.run.seed = 1 }) == "'a.json' and 'b.json' are not of one run: the seed differs")
        #expect(
            problem(changed { $0.run.vectors = "" })
                == "'a.json' and 'b.json' are not of one run: the digest of the vectors differs")
        #expect(
            problem(changed { $0.cases.removeLast() }) == "the shards do not have as many cases as the parts of one run"
        )
    }

    @Test("A difference says what is broken, fixed, changed, new and gone")
    func difference() {
        let old = Fixture.report
        var new = old
        new.cases.removeFirst()
        new.cases[0].outcome = .fail
        new.cases[2].outcome = .pass
        new.cases[4].observed = .accepted
        new.cases.append(Fixture.result("body/new", .pass))
        new.conclude()
        let difference = ReportDifference(old: old, new: new)
        func ids(_ kind: ReportDifference.Kind) -> [String] { difference.changes(kind).map(\.id) }
        #expect(ids(.broken) == ["presence/no-signature"])
        #expect(ids(.fixed) == ["signature/truncated"])
        #expect(ids(.different) == ["contract/bad-signature-status"])
        #expect(ids(.added) == ["body/new"])
        #expect(ids(.gone) == ["control/plain"])
        #expect(difference.isWorse)
        #expect(!ReportDifference(old: old, new: old).isWorse)
        #expect(ReportDifference(old: old, new: old).changes.isEmpty)
    }
}
