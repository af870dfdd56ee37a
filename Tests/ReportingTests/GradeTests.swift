import ReportModel
import Testing

@testable import Reporting

@Suite("Grade") struct GradeTests {
    private static let pass = Fixture.result("presence/no-signature", .pass)

    private static func failure(
        _ impact: Impact, _ severity: Severity, _ outcome: Outcome = .fail
    ) -> CaseResult {
        Fixture.result("body/x", outcome, severity: severity, impact: impact)
    }

    private static func report(_ cases: [CaseResult], _ change: (inout Report) -> Void = { _ in }) -> Report {
        var report = Fixture.sound
        report.cases = [pass] + cases
        change(&report)
        report.conclude()
        return report
    }

    @Test(
        "The worst failure decides",
        arguments: [
            ([], .a), ([Fixture.result("a/b", .warn, level: .should, impact: .contract)], .b),
            ([Fixture.result("a/b", .note, level: .may)], .a), ([failure(.contract, .high)], .c),
            ([failure(.refusal, .critical)], .c), ([failure(.crash, .critical)], .c), ([failure(.leak, .low)], .d),
            ([failure(.forgery, .medium)], .d), ([failure(.forgery, .high)], .f),
            ([failure(.forgery, .critical)], .f), ([failure(.forgery, .high, .waived)], .f),
            ([failure(.contract, .low, .waived)], .c), ([failure(.leak, .low), failure(.forgery, .critical)], .f),
        ] as [([CaseResult], Grade?)])
    func worst(cases: [CaseResult], grade: Grade?) {
        #expect(Self.report(cases).grade == grade)
    }

    @Test("No run that left something out or judged something not has a good grade, and any can have the worst")
    func incomplete() {
        let changes: [(inout Report) -> Void] = [
            { $0.complete = false }, { $0.run.profile = .smoke }, { $0.run.level = .must },
            { $0.run.selection.only = ["body/**"] }, { $0.run.selection.skip = ["body/**"] },
            { $0.run.selection.shard = Shard(number: 1, count: 2) }, { $0.cause = .verdictsIndependent },
            { $0.cases.append(Fixture.result("a/b", .inconclusive, reason: .inconclusive(.void))) },
            { $0.cases.removeFirst() },
        ]
        for change in changes {
            #expect(Self.report([], change).grade == nil)
            #expect(Self.report([Self.failure(.contract, .high)], change).grade == nil)
        }
        for change in changes.dropLast() {
            #expect(Self.report([Self.failure(.forgery, .high)], change).grade == .f)
        }
    }
}
