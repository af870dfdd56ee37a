internal import Platform
internal import ReportModel
internal import Schemes
internal import Synchronization
internal import Transport

/// The times at which the target answered no valid request any more, and the requests that caused them.
///
/// While one is looked into, all other threads of the run wait with their requests.
final class Outages: Sendable {
    /// A request after which the target may be gone.
    struct Suspect: Sendable {
        /// Who sent it.
        enum Origin: Sendable, Hashable {
            /// A case, by its place in the plan.
            case testCase(Int)
            /// The check whether the path delivers a form of request.
            case feature(TransportFeature)
            /// None of these: a wrong signature between the cases.
            case nobody
        }

        let origin: Origin
        /// What came of it; `nil` before that is known.
        var sent: Exchanger.Sent?
        /// Makes the request anew.
        let request: @Sendable () -> SignedRequest

        init(_ origin: Origin, request: @escaping @Sendable () -> SignedRequest) {
            self.origin = origin
            self.request = request
        }
    }

    /// The requests that may have ended the target.
    struct Suspects {
        /// Those of each thread that no accepted one followed, in their order.
        let open: [[(number: Int, suspect: Suspect)]]
        /// Those before, in their order.
        let earlier: [Suspect]

        /// All of them, the newest first.
        var newestFirst: [Suspect] {
            open.joined().sorted { $0.number > $1.number }.map(\.suspect) + earlier.reversed()
        }

        /// The request that a target took before it was gone, and answered no more; `nil` where each of several threads has
        /// one. That a target was gone after an answer is no fault of what was answered, and what nothing is known of is
        /// held back until the outage has been looked into.
        var brokenOff: Suspect? {
            let candidates = open.compactMap { $0.first { $0.suspect.sent?.isBrokenOff ?? false }?.suspect }
            return candidates.count == 1 ? candidates[0] : nil
        }
    }

    /// A request that ended the target.
    struct Ending: Sendable {
        let origin: Suspect.Origin
        let sent: Exchanger.Sent?
        let departure: Departure
    }

    private struct State {
        /// The requests of each thread that no accepted one has followed, with their numbers in the run.
        var open: [Int: [(number: Int, suspect: Suspect)]] = [:]
        /// The last ones that an accepted request followed: some servers end a moment after they answered.
        var earlier: [Suspect] = []
        var sent = 0
        var count = 0
        var fruitless = 0
        var isInvestigated = false
        var isFinal = false
        var endings: [Ending] = []
    }

    private let state = Monitor(State())
    private let isHeld = Atomic<Bool>(false)
    private let underWay = Atomic<Int>(0)

    private static let mostEarlier = 24
    /// After so many outages, or so many that no request explains, no further one is looked into.
    private static let most = (inAll: 40, fruitless: 5)

    // MARK: What is sent

    /// Takes note of a request that is about to be sent.
    ///
    /// - Parameter thread: who sends one request after the other.
    func sends(_ suspect: Suspect, in thread: Int) {
        state.change { state in
            state.sent += 1
            state.open[thread, default: []].append((state.sent, suspect))
        }
    }

    /// Takes note of what came of the last request of a thread.
    func got(_ sent: Exchanger.Sent, in thread: Int) {
        state.change { state in
            guard let last = state.open[thread]?.indices.last else { return }
            state.open[thread]?[last].suspect.sent = sent
        }
    }

    /// Takes note that the target accepted a request after those of a thread.
    func survived(in thread: Int) {
        state.change { state in
            guard let open = state.open.removeValue(forKey: thread), !open.isEmpty else { return }
            state.earlier += open.map(\.suspect)
            // Not each time: a suspect takes long to move.
            guard state.earlier.count > 10 * Self.mostEarlier else { return }
            state.earlier.removeFirst(state.earlier.count - Self.mostEarlier)
        }
    }

    /// Begins to send a request, once no outage is looked into.
    func enter() {
        while true {
            underWay.wrappingAdd(1, ordering: .sequentiallyConsistent)
            guard isHeld.load(ordering: .sequentiallyConsistent) else { return }
            underWay.wrappingSubtract(1, ordering: .sequentiallyConsistent)
            state.wait { !$0.isInvestigated }
        }
    }

    /// The request that was begun is answered, or given up.
    func leave() { underWay.wrappingSubtract(1, ordering: .sequentiallyConsistent) }

    /// Waits until no request is under way; each has a deadline of its own.
    private func waitUntilAlone(_ environment: RunEnvironment) {
        let deadline = Deadline(after: environment.configuration.returnPatience)
        while underWay.load(ordering: .sequentiallyConsistent) > 0, !deadline.hasPassed {
            MonotonicClock.pause(.milliseconds(1))
        }
        // Their threads still have to say what came of them.
        MonotonicClock.pause(.milliseconds(5))
    }

    // MARK: Outages

    /// How many there were.
    var count: Int { state.change { $0.count } }
    /// Whether the target did not come back.
    var isFinal: Bool { state.change { $0.isFinal } }
    /// What ended the target, in the order of discovery.
    var endings: [Ending] { state.change { $0.endings } }

    /// Whether a case is known to have ended the target.
    func hasEnded(by place: Int) -> Bool { endings.contains { $0.origin == .testCase(place) } }

    /// Waits for the target to come back and finds the request that ended it. Of several threads that noticed the same
    /// outage, one does so.
    ///
    /// - Parameter known: how many outages there were when the caller last knew the target to be there.
    /// - Returns: whether the target is back.
    func investigate(since known: Int, _ environment: RunEnvironment) -> Bool {
        let isMine = state.change { state in
            guard state.count == known, !state.isFinal, !state.isInvestigated, known < Self.most.inAll,
                state.fruitless < Self.most.fruitless
            else { return false }
            state.isInvestigated = true
            isHeld.store(true, ordering: .sequentiallyConsistent)
            return true
        }
        guard isMine else {
            state.wait { !$0.isInvestigated }
            return !isFinal
        }
        waitUntilAlone(environment)
        let suspects = state.change { state in
            defer { state.open = [:] }
            return Suspects(open: Array(state.open.values), earlier: state.earlier.suffix(Self.mostEarlier))
        }
        let outcome = Investigation(environment).run(suspects)
        state.change { state in
            state.count += 1
            state.endings += outcome.ending.map { [$0] } ?? []
            state.fruitless = outcome.ending == nil ? state.fruitless + 1 : 0
            state.isFinal = !outcome.isBack && !environment.signals.stop.isStopped
            state.isInvestigated = false
            isHeld.store(false, ordering: .sequentiallyConsistent)
        }
        return outcome.isBack
    }
}
