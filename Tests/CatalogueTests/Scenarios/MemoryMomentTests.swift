import Bytes
import Catalogue
import ReportModel
import Schemes
import Testing
import Timing

/// The cases that must send at a certain moment, on a session where an answer takes as long as the test says.
@Suite("The moment of a replay")
struct MemoryMomentTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let id: String
        /// How long the replay takes to be answered, in seconds of the target's clock.
        let delay: Double
        /// Whether it had an effect.
        let hasEffect: Bool
        let judgement: Judgement
        var testDescription: String { "\(id) answered after \(delay) s, \(hasEffect ? "with" : "without") effect" }
    }

    enum Judgement: Sendable, Equatable {
        case passes
        case finds(Impact)
        case obstructed(Obstacle)
    }

    private static let late = Judgement.obstructed(
        Obstacle("the moment had passed before the request was answered: reduce the load of the run"))

    /// ScaiWave remembers for 600 s, and its signatures live for 300 s; the cases ask 30 s and 15 s before that.
    static let examples = [
        Example(id: "replay/remembered", delay: 1, hasEffect: false, judgement: .passes),
        Example(id: "replay/remembered", delay: 1, hasEffect: true, judgement: .finds(.forgery)),
        Example(id: "replay/remembered", delay: 27, hasEffect: true, judgement: .finds(.forgery)),
        Example(id: "replay/remembered", delay: 31, hasEffect: true, judgement: late),
        Example(id: "replay/remembered", delay: 31, hasEffect: false, judgement: late),
        Example(id: "replay/last-moment", delay: 1, hasEffect: false, judgement: .passes),
        Example(id: "replay/last-moment", delay: 1, hasEffect: true, judgement: .finds(.forgery)),
        Example(id: "replay/last-moment", delay: 16, hasEffect: true, judgement: late),
        Example(id: "replay/last-moment", delay: 16, hasEffect: false, judgement: late),
        Example(id: "replay/after-many-events", delay: 1, hasEffect: false, judgement: .passes),
        Example(id: "replay/after-many-events", delay: 1, hasEffect: true, judgement: .finds(.forgery)),
        Example(id: "replay/after-many-events", delay: 601, hasEffect: true, judgement: late),
    ]

    @Test("is kept, or nothing is told", arguments: examples)
    func isKept(example: Example) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: "scaiwave"))
        let scenario = try #require(Catalogue.named(example.id)?.procedure.scenario)
        let session = SlowSession(scheme, delay: example.delay, hasEffect: example.hasEffect)
        do {
            try scenario.run(session)
            #expect(example.judgement == .passes)
        } catch let finding as Finding {
            #expect(example.judgement == .finds(finding.impact), "\(finding.text)")
        } catch let obstacle as Obstacle {
            #expect(example.judgement == .obstructed(obstacle))
        }
    }
}

/// Accepts everything; what is sent while effects are counted takes its time.
private final class SlowSession: ScenarioSession {
    let scheme: Scheme
    let main = Bridge(name: "the target", path: "/v1/bridges/br_countersign/inbound")
    private(set) var now = 1_700_000_000.0
    private let delay: Double
    private let hasEffect: Bool
    private var isCounting = false

    init(_ scheme: Scheme, delay: Double, hasEffect: Bool) {
        self.scheme = scheme
        self.delay = delay
        self.hasEffect = hasEffect
    }

    func draft(for bridge: Bridge) -> Draft { Draft(VectorContext.context(of: scheme)) }
    func wait(seconds: Int64) throws { now += Double(seconds) }
    func sendControls(_ count: Int, to bridge: Bridge) throws {}
    func addKey() throws -> [UInt8] { throw Self.nothing }
    func withdrawKey(_ key: [UInt8]) throws { throw Self.nothing }
    func keyFetches() throws -> Int { throw Self.nothing }
    func measured(memoryAtLeast atLeast: Int64?, lessThan: Int64?) {}
    func time(_ question: TimedQuestion) throws -> TimingResult { throw Self.nothing }

    func send(_ request: SignedRequest, to bridge: Bridge) throws -> Reply {
        if isCounting { now += delay }
        return .accepted
    }

    func effects(
        on bridge: Bridge, expecting expected: Int, of requests: () throws -> [Reply]
    ) throws -> Effects {
        isCounting = true
        defer { isCounting = false }
        _ = try requests()
        return .exactly(hasEffect ? expected + 1 : expected)
    }

    // MARK: What no replay asks for

    private static let nothing = Obstacle("not on this session")

    func second() throws -> Bridge { throw Self.nothing }
    func sendAtOnce(_ requests: [SignedRequest], to bridge: Bridge) throws -> [Reply] {
        throw Self.nothing
    }
    func rotation(isOver: Bool) throws -> RotationRecord { throw Self.nothing }
    func watchRotation(
        of bridge: Bridge, replace: () throws -> [UInt8], during: () throws -> Void
    ) throws -> RotationRecord { throw Self.nothing }
    func administer(_ call: AdminCall) throws -> AdminAnswer { throw Self.nothing }
    func undoAtEnd(_ what: String, by call: AdminCall) {}
    func bridge(_ name: String, path: String, secret: [UInt8]) throws -> Bridge { throw Self.nothing }
}
