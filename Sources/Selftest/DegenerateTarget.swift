internal import Bytes
internal import Harness
internal import Reference
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Synchronization
package import Transport

/// A target that decides nothing: no harness may find it conformant, and none scores a pass that tells anything.
package enum DegenerateTarget: String, Sendable, CaseIterable {
    /// Nobody listens at the port.
    case down
    /// Answers 401 to everything.
    case alwaysUnauthorized = "always-401"
    /// Answers 200 to everything.
    case alwaysAccepts = "always-200"
    /// Answers 500 to everything.
    case alwaysFails = "always-500"
    /// Takes requests and says nothing.
    case neverAnswers = "never-answers"
    /// Answers 200 or 401 as a coin falls.
    case random
    /// Answers 200 to every second request, and 401 to the others.
    case alternating
    /// Answers 200 to the first forty requests, and 401 from then on.
    case firstAccepted = "first-40-accepted"
    /// Answers 401 to the first three requests, and 200 from then on.
    case firstRefused = "first-3-refused"
    /// Answers as a sound endpoint did when it met a run with seed 1, in the same order.
    case playedBack = "played-back"
    /// Answers 200 where the signature header looks like one, and 401 elsewhere.
    case shapeOnly = "shape-only"

    /// Whether it tries to look as if it decided.
    var isInventive: Bool {
        switch self {
        case .down, .alwaysUnauthorized, .alwaysAccepts, .alwaysFails, .neverAnswers: false
        case .random, .alternating, .firstAccepted, .firstRefused, .playedBack, .shapeOnly: true
        }
    }

    /// What decides about a request: its number, counted from 0, and what is at the place of its signature.
    ///
    /// - Parameters:
    ///   - seed: decides how the coin falls.
    ///   - recording: the decisions that are played back; after the last one all are refused.
    ///   - isShaped: whether a request has a well-formed signature header.
    /// - Returns: what it does with requests, or `nil` when it does not even listen.
    package func handler(
        seed: UInt64 = 0, recording: [Bool] = [], isShaped: @escaping @Sendable (HTTPRequest) -> Bool = { _ in true }
    ) -> (@Sendable (HTTPRequest) -> ServerAction)? {
        switch self {
        case .down: nil
        case .alwaysFails: { _ in .answer(.problem(500, "internal error")) }
        case .neverAnswers: { _ in .hang }
        case .alwaysUnauthorized: Self.deciding { _, _ in false }
        case .alwaysAccepts: Self.deciding { _, _ in true }
        case .random:
            Self.deciding { [coin = Coin(seed: seed)] _, _ in coin.toss() }
        case .alternating: Self.deciding { number, _ in number.isMultiple(of: 2) }
        case .firstAccepted: Self.deciding { number, _ in number < 40 }
        case .firstRefused: Self.deciding { number, _ in number >= 3 }
        case .playedBack: Self.deciding { number, _ in number < recording.count && recording[number] }
        case .shapeOnly: Self.deciding { _, request in isShaped(request) }
        }
    }

    private static func deciding(
        _ isAccepted: @escaping @Sendable (_ number: Int, HTTPRequest) -> Bool
    ) -> @Sendable (HTTPRequest) -> ServerAction {
        let count = Counter()
        return { request in
            .answer(isAccepted(count.next(), request) ? .json(200, ["ok": true]) : .problem(401, "unauthorized"))
        }
    }
}

/// Counts from 0.
private final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    func next() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
}

/// A fair coin that falls the same way for the same seed.
private final class Coin: Sendable {
    private let generator: Mutex<SeededGenerator>

    init(seed: UInt64) { generator = Mutex(SeededGenerator(seed: seed)) }

    func toss() -> Bool { generator.withLock { Bool.random(using: &$0) } }
}
