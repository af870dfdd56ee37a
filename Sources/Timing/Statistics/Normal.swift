#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The standard normal distribution.
package enum Normal {
    /// Returns the value that is exceeded in either direction with a probability.
    ///
    /// - Parameter probability: of both tails together, above 0 and below 1.
    package static func critical(bothTails probability: Double) -> Double {
        var (low, high) = (0.0, 40.0)
        // The bounds become neighbours after some sixty halvings.
        for _ in 0..<80 {
            let middle = (low + high) / 2
            if bothTails(beyond: middle) > probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// Returns the probability of values beyond this one in either direction.
    package static func bothTails(beyond value: Double) -> Double { erfc(abs(value) / 2.0.squareRoot()) }
}
