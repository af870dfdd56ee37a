/// What the differences of one contrast say about its effect.
///
/// Each tuple sends every class once, in a random order. If the class does not change the time, the order of a tuple's
/// times is random whatever the noise, so each difference is as likely positive as negative, and independently of the
/// others: a sum of clipped differences over the root of their squares is a standard normal value. No distribution, no
/// independence of the times and no resampling is assumed.
package struct Estimate: Sendable, Hashable {
    /// How many differences there are.
    package let tuples: Int
    /// The clip level of the test, in nanoseconds.
    package let clip: Double
    /// The statistic of the test: standard normal if there is no effect.
    package let z: Double
    /// The effect, in nanoseconds.
    package let effect: Double
    /// The ends of the interval of effects that the differences do not contradict.
    package let low: Double
    /// The upper end.
    package let high: Double
    /// The standard error of the effect.
    package let standardError: Double
    /// The probability of the exact sign test, in which nothing is chosen.
    package let signProbability: Double
    /// How large the statistic must be for an effect, in either direction.
    package let critical: Double

    /// Creates an estimate that was made before.
    package init(
        tuples: Int, clip: Double, z: Double, effect: Double, low: Double, high: Double, standardError: Double,
        signProbability: Double, critical: Double
    ) {
        self.tuples = tuples
        self.clip = clip
        self.z = z
        self.effect = effect
        self.low = low
        self.high = high
        self.standardError = standardError
        self.signProbability = signProbability
        self.critical = critical
    }

    /// The fewest differences that say anything.
    package static let fewest = 100

    /// Creates an estimate.
    ///
    /// - Parameters:
    ///   - differences: one for each tuple, in nanoseconds.
    ///   - critical: how large the statistic must be, from the share of the error budget.
    /// - Returns: `nil` for too few differences, or when the clock is too coarse to tell most of them from 0.
    package init?(of differences: [Double], critical: Double) {
        guard differences.count >= Self.fewest,
            let test = ClipLevel.choose(sorted: differences.map(abs).sorted())
        else { return nil }
        let median = Series.median(ofSorted: differences.sorted())
        guard let centred = ClipLevel.choose(sorted: differences.map { abs($0 - median) }.sorted()) else { return nil }
        let clipped = ClippedSums(differences: differences, level: centred.level)
        let effect = clipped.root(near: median)
        tuples = differences.count
        clip = test.level
        z = ClippedSums(differences: differences, level: test.level).z(at: 0)
        self.effect = effect
        standardError = clipped.standardError(at: effect)
        low = clipped.bound(of: effect, at: critical, below: true)
        high = clipped.bound(of: effect, at: critical, below: false)
        signProbability = SignTest.probability(of: differences)
        self.critical = critical
    }

    /// Whether there is an effect: the test says so, and the interval excludes 0.
    package var isEffect: Bool { abs(z) > critical && (low > 0 || high < 0) }
    /// The largest effect, in either direction, that the differences do not contradict.
    package var bound: Double { max(-low, high) }
    /// Half the width of the interval.
    package var halfWidth: Double { (high - low) / 2 }
}

/// Sums of differences from an assumed effect, clipped at a level.
private struct ClippedSums {
    let differences: [Double]
    let level: Double

    private static let halvings = 80

    private func sums(at effect: Double) -> (sum: Double, squares: Double) {
        differences.withUnsafeBufferPointer { differences in
            var (sum, squares) = (0.0, 0.0)
            var place = 0
            while place < differences.count {
                let clipped = min(max(differences[place] - effect, -level), level)
                sum += clipped
                squares += clipped * clipped
                place += 1
            }
            return (sum, squares)
        }
    }

    /// The statistic of the test that this is the effect.
    func z(at effect: Double) -> Double {
        let (sum, squares) = sums(at: effect)
        return squares > 0 ? sum / squares.squareRoot() : 0
    }

    func standardError(at effect: Double) -> Double {
        let inside = differences.count { abs($0 - effect) < level }
        return inside > 0 ? sums(at: effect).squares.squareRoot() / Double(inside) : .infinity
    }

    /// The effect at which the sum is 0; it falls as the effect grows.
    func root(near middle: Double) -> Double {
        var (low, high) = (middle - level, middle + level)
        while sums(at: low).sum < 0 { low -= level }
        while sums(at: high).sum > 0 { high += level }
        return halve(low, high) { sums(at: $0).sum > 0 }
    }

    /// The end of the interval of effects whose statistic is less than the critical value.
    func bound(of effect: Double, at critical: Double, below: Bool) -> Double {
        let sign = below ? 1.0 : -1.0
        var step = standardError(at: effect) * critical
        // Far enough away every difference has one sign, and the statistic is the root of their number.
        while sign * z(at: effect - sign * step) <= critical { step *= 2 }
        let inside = effect
        let outside = effect - sign * step
        return below
            ? halve(outside, inside) { z(at: $0) > critical } : halve(inside, outside) { z(at: $0) > -critical }
    }

    /// Narrows an interval to where a condition that is met on the left stops being met.
    private func halve(_ low: Double, _ high: Double, while isLeft: (Double) -> Bool) -> Double {
        var (low, high) = (low, high)
        for _ in 0..<Self.halvings where high - low > 1e-9 * max(1, abs(low), abs(high)) {
            let middle = (low + high) / 2
            if isLeft(middle) { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
