import Reference
import ReportModel
import Testing

@testable import Selftest

@Suite("Gaps of the kill matrix")
struct KillMatrixTests {
    private static func gaps(
        hasAllSchemes: Bool, caughtBy cases: [String]...
    ) throws -> [KillMatrix.Gap] {
        let flaw = try #require(FlawRegistry.named("future-accepted"))
        let rows = zip(["slack", "stripe"], cases).map { scheme, cases in
            KillMatrix.Row(
                flaw: flaw, scheme: scheme, caughtBy: cases, declared: cases.filter(flaw.isCaught), cases: 100,
                exit: cases.isEmpty ? .success : .failure, isOverHTTP: false)
        }
        return KillMatrix(rows: rows).gaps(hasAllSchemes: hasAllSchemes, hasAllFlaws: false)
    }

    @Test("A flaw that nothing catches, or only a case that it does not declare, is a gap of all schemes")
    func all() throws {
        #expect(try Self.gaps(hasAllSchemes: true, caughtBy: [], []) == [.uncaught(flaw: "future-accepted")])
        #expect(
            try Self.gaps(hasAllSchemes: true, caughtBy: ["control/plain"], [])
                == [.caughtForAnotherReason(flaw: "future-accepted", by: ["control/plain"])])
        #expect(try Self.gaps(hasAllSchemes: true, caughtBy: ["control/plain"], ["timestamp/future-one-year"]) == [])
    }

    @Test("Some schemes prove nothing of what the others would catch", arguments: [[], ["control/plain"]])
    func some(cases: [String]) throws {
        #expect(try Self.gaps(hasAllSchemes: false, caughtBy: cases) == [])
    }
}
