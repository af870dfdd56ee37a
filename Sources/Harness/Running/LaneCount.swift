internal import Catalogue
internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Synchronization

/// How many cases run at once where nobody said it: more than one only where each answer has far to come, and only as
/// many as the target serves at once.
struct LaneCount {
    let environment: RunEnvironment

    /// The courtesy limit.
    private static let most = 8
    /// An answer that comes sooner, in nanoseconds, leaves nothing to gain.
    private static let worthwhile: UInt64 = 10_000_000
    /// What a target that serves several at once may need in addition to its time for one, in nanoseconds.
    private static let leeway: UInt64 = 20_000_000

    /// Returns how many, by sending valid requests on connections of their own: one, then twice as many at once, as long
    /// as all are accepted and hardly later than the one.
    ///
    /// - Parameter last: a valid request that was accepted.
    func measured(after last: Exchanger.Sent) -> Int {
        guard last.observed.nanoseconds >= Self.worthwhile else { return 1 }
        // A server that serves one connection at a time answers none of them while ours is kept open.
        let patience = Duration.nanoseconds(Int64(clamping: last.observed.nanoseconds) * 5) + .seconds(1)
        guard let alone = slowest(of: 1, patience), alone >= Self.worthwhile else { return 1 }
        var lanes = 1
        while lanes < Self.most {
            guard let slowest = slowest(of: 2 * lanes, patience), slowest <= alone + alone / 2 + Self.leeway else {
                break
            }
            lanes *= 2
        }
        return lanes
    }

    /// Sends valid requests at once.
    ///
    /// - Returns: the time of the slowest, in nanoseconds; `nil` unless all were accepted.
    private func slowest(of count: Int, _ patience: Duration) -> UInt64? {
        let times = Mutex<[UInt64?]>([])
        let ask: @Sendable () -> Void = {
            let exchanger = environment.exchanger(to: environment.subject)
            let sent = exchanger.sendOnce(Draft(environment.deliveries.next()).signedRequest(), patience)
            if sent.observation == .rejected, !sent.isLimited { environment.steadiness.refusedAtFirst(sent) }
            times.withLock { $0.append(sent.isAccepted ? sent.observed.nanoseconds : nil) }
        }
        let threads = (1..<count).map { _ in WorkerThread(ask) }
        ask()
        for thread in threads { thread?.join() }
        let all = times.withLock { $0.compactMap(\.self) }
        return all.count == count ? all.max() : nil
    }
}
