/// How far from the centre a difference still counts in full. Larger ones, the stalls of a machine or a network, count
/// as much as this.
enum ClipLevel {
    /// The shares of magnitudes at which a level may lie: low ones suit heavy tails, high ones a normal distribution.
    static let shares = [0.05, 0.1, 0.15, 0.25, 0.35, 0.5, 0.7, 0.9]

    /// Returns the level with the smallest standard error, and that error. It looks at magnitudes only, so it can't
    /// favour a sign and the sign-flip test remains exact.
    ///
    /// - Parameter magnitudes: sorted.
    /// - Returns: `nil` when the magnitudes are too coarse for any level.
    static func choose(sorted magnitudes: [Double]) -> (level: Double, standardError: Double)? {
        // The sums of squares of the first values, for the levels in order.
        var best: (level: Double, standardError: Double)?
        var (squares, counted) = (0.0, 0)
        for share in shares {
            let level = Series.quantile(share, ofSorted: magnitudes)
            while counted < magnitudes.count, magnitudes[counted] < level {
                squares += magnitudes[counted] * magnitudes[counted]
                counted += 1
            }
            guard counted > 0, level > 0 else { continue }
            let clipped = squares + Double(magnitudes.count - counted) * level * level
            let error = clipped.squareRoot() / Double(counted)
            if error < best?.standardError ?? .infinity { best = (level, error) }
        }
        return best
    }
}
