extension TimingVerdict.Leak {
    /// Creates a leak from the contrast in which it was found, as the run that confirmed it measured it.
    init(_ found: Look.Finding, in look: Look, threshold: Double?) {
        let places = look.contrasts.compactMap { finding in
            finding.position.map { (symbols: Double($0), effect: finding.estimate.effect) }
        }
        self.init(
            found: found, position: look.contrasts.first { $0.position != nil && $0.estimate.isEffect }?.position,
            shape: nil, nanosecondsPerSymbol: nil, size: threshold.map { Self.size(of: found.estimate, $0) })
        guard places.count > 2 else { return }
        let slope =
            places.reduce(0) { $0 + $1.symbols * $1.effect } / places.reduce(0) { $0 + $1.symbols * $1.symbols }
        let line = places.reduce(0) { $0 + square($1.effect - slope * $1.symbols) }
        let step = (0..<places.count).map { Self.errorOfStep(before: $0, places.map(\.effect)) }.min() ?? .infinity
        shape = line < step / 2 ? .linear : step < line / 2 ? .step : .unclear
        if shape != .step { nanosecondsPerSymbol = slope }
    }

    private static func size(of estimate: Estimate, _ threshold: Double) -> TimingVerdict.Size {
        let least = estimate.low > 0 ? estimate.low : estimate.high < 0 ? -estimate.high : 0
        return least > threshold ? .above : estimate.bound < threshold ? .below : .around
    }

    /// The squared errors of no effect before a place and the same effect from it on.
    private static func errorOfStep(before place: Int, _ effects: [Double]) -> Double {
        let later = effects[place...]
        let mean = later.reduce(0, +) / Double(later.count)
        return effects[..<place].reduce(0) { $0 + square($1) } + later.reduce(0) { $0 + square($1 - mean) }
    }
}

private func square(_ number: Double) -> Double { number * number }
