internal import Bytes
internal import Harness
internal import Reference
internal import ReportModel
internal import Subjects
internal import Synchronization
package import Transport

/// A target that decides nothing: no harness may find it conformant, and none but `random` scores a pass that tells
/// anything.
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

    /// Gives what it does with requests, or `nil` when it does not even listen.
    ///
    /// - Parameter seed: decides how the coin falls.
    package func handler(seed: UInt64 = 0) -> (@Sendable (HTTPRequest) -> ServerAction)? {
        switch self {
        case .down: return nil
        case .alwaysUnauthorized: return { _ in .answer(.problem(401, "unauthorized")) }
        case .alwaysAccepts: return { _ in .answer(.json(200, ["ok": true])) }
        case .alwaysFails: return { _ in .answer(.problem(500, "internal error")) }
        case .neverAnswers: return { _ in .hang }
        case .random:
            let coin = Coin(seed: seed)
            return { _ in .answer(coin.toss() ? .json(200, ["ok": true]) : .problem(401, "unauthorized")) }
        }
    }
}

/// A fair coin that falls the same way for the same seed.
private final class Coin: Sendable {
    private let generator: Mutex<SeededGenerator>

    init(seed: UInt64) { generator = Mutex(SeededGenerator(seed: seed)) }

    func toss() -> Bool { generator.withLock { Bool.random(using: &$0) } }
}
