/// What is asked of a list of numbers.
package enum Series {
    /// Returns the value below which a share of the sorted values lies, one of them.
    package static func quantile(_ share: Double, ofSorted values: [Double]) -> Double {
        values[Int((Double(values.count - 1) * share).rounded(.down))]
    }

    /// Returns the middle value, or the mean of the two in the middle.
    package static func median(ofSorted values: [Double]) -> Double {
        let middle = values.count / 2
        return values.count.isMultiple(of: 2) ? (values[middle - 1] + values[middle]) / 2 : values[middle]
    }

    /// Returns how far each value predicts the next, from -1 to 1; 0 for fewer than two values or equal ones.
    ///
    /// Values are clipped at the 5th and 95th percentile first: a single stall would hide everything else.
    package static func autocorrelation(of values: [Double]) -> Double {
        guard values.count > 1 else { return 0 }
        let sorted = values.sorted()
        let (low, high) = (quantile(0.05, ofSorted: sorted), quantile(0.95, ofSorted: sorted))
        let clipped = values.map { min(max($0, low), high) }
        let mean = clipped.reduce(0, +) / Double(clipped.count)
        let centred = clipped.map { $0 - mean }
        let variance = centred.reduce(0) { $0 + $1 * $1 }
        guard variance > 0 else { return 0 }
        return zip(centred, centred.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / variance
    }
}
