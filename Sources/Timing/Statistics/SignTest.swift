#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The exact sign test: whether positive and negative values are equally likely.
package enum SignTest {
    /// Returns the probability of a split at least as uneven as this one, if both signs are equally likely.
    package static func probability(positive: Int, negative: Int) -> Double {
        let (count, fewer) = (positive + negative, min(positive, negative))
        guard count > 0 else { return 1 }
        let ways = { (chosen: Int) in
            lgamma(Double(count) + 1) - lgamma(Double(chosen) + 1) - lgamma(Double(count - chosen) + 1)
        }
        var term = exp(ways(fewer) - Double(count) * log(2.0))
        var (sum, chosen) = (term, fewer)
        // Each term is the one before times chosen / (count - chosen + 1).
        while chosen > 0, term > sum * 1e-17 {
            term *= Double(chosen) / Double(count - chosen + 1)
            sum += term
            chosen -= 1
        }
        return min(1, 2 * sum)
    }

    /// Returns that probability for the signs of some values; zeros have none.
    package static func probability(of values: [Double]) -> Double {
        probability(positive: values.count { $0 > 0 }, negative: values.count { $0 < 0 })
    }
}
