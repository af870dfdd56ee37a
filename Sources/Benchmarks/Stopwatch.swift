internal import Platform

/// Measures how often something can be done in a second.
enum Stopwatch {
    /// Returns the best rate of several rounds, each of at least a fifth of a second of processor time.
    ///
    /// The best one is the least disturbed by whatever else the machine does.
    static func bestRate(rounds: Int = 8, _ body: () -> Void) -> Double {
        var count = 1
        var best = 0.0
        for _ in 0..<rounds {
            var elapsed = 0.0
            repeat {
                let start = ProcessorTime.nanoseconds()
                for _ in 0..<count { body() }
                elapsed = Double(ProcessorTime.nanoseconds() - start) / 1e9
                if elapsed < 0.2 { count *= 2 }
            } while elapsed < 0.2
            best = max(best, Double(count) / elapsed)
        }
        return best
    }
}
