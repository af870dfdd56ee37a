/// What a measurement comes to. "Constant time" is none of it: no measurement can show that.
package enum TimingVerdict: Sendable, Hashable {
    /// The time depends on the class, and did so again in an independent run.
    case leak(Leak)
    /// No effect of this many nanoseconds or more, at the stated confidence.
    case noLeak(above: Double)
    /// It can't be told.
    case inconclusive(TimingDoubt)

    /// An effect that was confirmed.
    package struct Leak: Sendable, Hashable {
        /// The contrast in which it was found, as the confirming run measured it.
        package var found: Look.Finding
        /// The first place at which it shows, in symbols; `nil` where places are not what is compared.
        package var position: Int?
        /// How it grows with the place.
        package var shape: Shape?
        /// The nanoseconds for each right symbol, where it grows with the place.
        package var nanosecondsPerSymbol: Double?
        /// How it compares with the effect that matters; `nil` where no such effect was named.
        package var size: Size?

        /// Creates a leak.
        package init(
            found: Look.Finding, position: Int?, shape: Shape?, nanosecondsPerSymbol: Double?, size: Size?
        ) {
            self.found = found
            self.position = position
            self.shape = shape
            self.nanosecondsPerSymbol = nanosecondsPerSymbol
            self.size = size
        }
    }

    /// How an effect grows with the place of the first wrong symbol.
    package enum Shape: String, Sendable, Hashable, CaseIterable {
        /// With each symbol, as in a loop that stops early.
        case linear
        /// At one place, as in a comparison of long words.
        case step
        /// Not clearly either.
        case unclear
    }

    /// How an effect compares with the one that matters.
    package enum Size: String, Sendable, Hashable, CaseIterable {
        /// Larger.
        case above
        /// The interval has both.
        case around
        /// Smaller.
        case below
    }
}

/// Why a measurement is inconclusive.
package enum TimingDoubt: Sendable, Hashable {
    /// The interval is wider than the effect that matters; so many tuples would be needed.
    case tooWide(bound: Double, tuples: Int, needed: Int)
    /// No effect that matters was named, so that no bound is small enough.
    case noThreshold(bound: Double, tuples: Int)
    /// The reference and its repetition differed in two runs: the measurement is at fault.
    case repetitionDiffers
    /// The known delay was not measured as it was made: something on the way absorbs time.
    case delayLost(applied: Double, measured: Double)
    /// An effect did not show again in an independent run.
    case notConfirmed(contrast: String)
    /// A class is answered in another way, which is a finding without any clock.
    case otherAnswers(name: String)
    /// Requests with a wrong signature were accepted.
    case accepted
    /// The answers show neither acceptance nor rejection.
    case undecided
    /// The requests of the classes have different lengths.
    case lengths
    /// The subject limits the rate of requests.
    case limited
    /// The subject closes its connections after a few requests.
    case connections
    /// Requests got no answer.
    case unanswered
    /// The clock is too coarse for the times.
    case clock
    /// The budget does not suffice for one look.
    case budget(fewest: Int)
    /// Stopped from outside; what was known by then.
    case interrupted(bound: Double?, tuples: Int)
}
