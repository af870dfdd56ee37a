import Reference
import ReportModel
import Selftest
import Testing
import Transport

@Suite("Degenerate targets")
struct DegenerateTargetTests {
    private let request = HTTPRequest(target: "/")

    @Test("answer the same to everything")
    func constant() {
        #expect(DegenerateTarget.down.handler() == nil)
        #expect(DegenerateTarget.alwaysUnauthorized.handler()?(request).status == 401)
        #expect(DegenerateTarget.alwaysAccepts.handler()?(request).status == 200)
        #expect(DegenerateTarget.alwaysFails.handler()?(request).status == 500)
        #expect(DegenerateTarget.neverAnswers.handler()?(request) == .hang)
    }

    @Test("toss a coin that falls alike for a seed, and both ways")
    func coin() throws {
        let falls = { (seed: UInt64) in
            let handler = DegenerateTarget.random.handler(seed: seed)
            return (0..<100).map { _ in handler?(request).status ?? 0 }
        }
        #expect(falls(1) == falls(1))
        #expect(falls(1) != falls(2))
        #expect(Set(falls(1)) == [200, 401])
    }
}

extension ServerAction {
    /// The status of an answer; `nil` for anything else.
    fileprivate var status: Int? { if case .answer(let answer) = self { answer.status } else { nil } }
}
