import Reference
import Schemes
import Selftest
import Testing

@Suite("The matrix of senders")
struct SenderMatrixTests {
    @Test("one scheme: the sound sender is clean, each flaw is caught for its reason", .timeLimit(.minutes(3)))
    func oneScheme() throws {
        let scheme = try #require(SchemeLibrary.scheme(named: "scaiwave"))
        let matrix = try SenderMatrix.run(schemes: [scheme])
        #expect(matrix.gaps(isWhole: false) == [])
        let flaws = Set(matrix.rows.compactMap { $0.flaw?.id })
        #expect(flaws == Set(SenderFlaws.all.filter { $0.applies(to: scheme) }.map(\.id)))
        #expect(flaws.count > 20)
    }

    @Test("flaws have names, and sentences that begin with what they are")
    func words() {
        #expect(Set(SenderFlaws.all.map(\.id)).count == SenderFlaws.all.count)
        for flaw in SenderFlaws.all {
            #expect(flaw.id.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)+/) != nil, "\(flaw.id)")
            #expect(flaw.title.hasSuffix(".") && flaw.title.first?.isUppercase == true, "\(flaw.id): \(flaw.title)")
            #expect(!flaw.covers.isEmpty && !flaw.caughtBy.isEmpty, "\(flaw.id)")
        }
    }
}
