/// How an experiment is measured.
package struct TimingSettings: Sendable, Hashable {
    /// The effect that matters, in nanoseconds; `nil` where there is no usual one.
    package var threshold: Double?
    /// The numbers of tuples at which a verdict may be reached, the last of which ends a run.
    package var looks: [Int]
    /// The most requests, those of repetitions and confirmations included.
    package var mostRequests: Int
    /// The time between requests.
    package var pace: SamplingPace
    /// What orders and contents are drawn from.
    package var seed: UInt64
    /// The tuples at the beginning that do not count.
    package var warmUp = 200
    /// The probability of a false leak, shared out among all looks and contrasts.
    package static let errorBudget = 0.01

    /// Creates settings.
    package init(threshold: Double?, looks: [Int], mostRequests: Int, pace: SamplingPace, seed: UInt64) {
        self.threshold = threshold
        self.looks = looks
        self.mostRequests = mostRequests
        self.pace = pace
        self.seed = seed
    }

    /// Where a subject is, as far as times are concerned.
    package enum Place: String, Sendable, Hashable, CaseIterable {
        /// A function of this process.
        case inProcess = "in-process"
        /// Another process of this machine.
        case loopback
        /// A network with round trips of up to two milliseconds.
        case localNetwork = "local-network"
        /// Any other network.
        case internet
    }

    /// The usual settings for a place.
    ///
    /// - Parameters:
    ///   - classes: how many classes the experiment has.
    ///   - mostRequests: the most requests; `nil` for the place's cap.
    package init(for place: Place, classes: Int, mostRequests: Int? = nil, seed: UInt64) {
        let tuples =
            switch place {
            case .inProcess, .loopback: 32_000
            case .localNetwork: 8000
            case .internet: 2000
            }
        let pace =
            switch place {
            case .inProcess, .loopback: SamplingPace(gap: 10_000)
            case .localNetwork: SamplingPace(gap: 10_000, interval: 1_000_000)
            case .internet: SamplingPace(gap: 0, interval: 10_000_000)
            }
        let threshold: Double? =
            switch place {
            case .inProcess: 2
            case .loopback: 50
            case .localNetwork: 500
            case .internet: nil
            }
        let most = mostRequests ?? Self.requests(tuples: tuples, classes: classes)
        let looks = Self.allLooks.filter { Self.requests(tuples: $0, classes: classes) <= most }
        self.init(threshold: threshold, looks: looks, mostRequests: most, pace: pace, seed: seed)
    }

    /// Numbers of tuples at which a verdict may be reached.
    private static let allLooks = [1000, 2000, 4000, 8000, 16_000, 32_000, 64_000]

    /// The fewest requests with which anything can be said.
    package static func fewestRequests(classes: Int) -> Int { requests(tuples: allLooks[0], classes: classes) }

    /// The requests of a run of so many tuples and of its confirmation, with what does not count in both.
    private static func requests(tuples: Int, classes: Int) -> Int { 2 * classes * (tuples + 200 + 50) }
}
