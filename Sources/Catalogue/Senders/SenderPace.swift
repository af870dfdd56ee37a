package import Schemes

/// How fast a sender's time passes, which may be set to run faster than ours.
package struct SenderPace: Sendable, Hashable {
    /// How many seconds of its schedule and its limits pass in one of ours.
    package let schedule: Double
    /// How many seconds of its clock pass in one of ours. It is by the clock that a sender keeps what an answer asks for.
    package let clock: Double

    /// Creates a pace.
    package init(schedule: Double = 1, clock: Double = 1) {
        self.schedule = schedule
        self.clock = clock
    }

    /// The most seconds of ours that a watch takes after the first attempt.
    package func longest(_ watch: SenderProcedure.Watch) -> Double {
        within(watch) + watch.thenQuietFor / schedule
    }

    /// For how many seconds of ours attempts are awaited after the first.
    package func within(_ watch: SenderProcedure.Watch) -> Double {
        watch.within / schedule + watch.asked / clock
    }
}

extension DeliveryRule {
    /// The longest that the first attempts may take, in seconds of the sender's schedule: the documented waits and half as
    /// much again. Where the document states no waits, the first one is taken to be at most a minute.
    package func longest(attempts: Int = 2) -> Double {
        var undocumented = 60.0
        return (2...max(2, attempts)).reduce(0) { sum, attempt in
            if let wait = wait(before: attempt) { return sum + Double(wait) * 1.5 + 5 }
            defer { undocumented *= 2 }
            return sum + undocumented
        }
    }
}
