/// One kind of request in each tuple.
package struct RequestClass: Sendable, Hashable {
    /// What a class is for.
    package enum Role: String, Sendable, Hashable, CaseIterable {
        /// What all others are compared with.
        case reference
        /// Made exactly as the reference: a difference between the two is a fault of the measurement.
        case repetition
        /// What may take another time.
        case probe
        /// The reference after a known delay, which a sound measurement finds again.
        case delayed
    }

    /// A short name, the same in files, tables and plots.
    package let name: String
    /// What it is for.
    package let role: Role
    /// How many symbols before the first wrong one are right; `nil` where that is not what the class changes.
    package let position: Int?

    /// Creates a class.
    package init(_ name: String, _ role: Role, position: Int? = nil) {
        self.name = name
        self.role = role
        self.position = position
    }
}

/// A weighted sum of a tuple's times.
package struct Contrast: Sendable, Hashable {
    /// A short name, the same in files, tables and plots.
    package let name: String
    /// The weight of each class.
    package let weights: [Double]

    /// Creates a contrast.
    package init(name: String, weights: [Double]) {
        self.name = name
        self.weights = weights
    }

    /// Whether swapping the signs of all weights gives the same weights in another order. Only then is a tuple's sum as
    /// likely positive as negative when the classes do not matter.
    package var isAntisymmetric: Bool { weights.sorted() == weights.map { 0 - $0 }.sorted() }
}

/// The classes of an experiment, and what is compared.
package struct Experiment: Sendable, Hashable {
    /// The classes; the first is the reference.
    package let classes: [RequestClass]
    /// The contrasts that show a leak.
    package let contrasts: [Contrast]

    /// Creates an experiment with the reference, its repetition, the probes and the delayed reference.
    ///
    /// - Parameters:
    ///   - reference: the name of the reference.
    ///   - position: how many of its symbols before the first wrong one are right.
    ///   - probes: the classes that are compared with it.
    ///   - trend: the name of a contrast of the last two probes with the reference and its repetition; `nil` for none.
    private init(
        reference: String, position: Int? = nil, probes: [RequestClass], trend: String? = nil
    ) {
        classes =
            [
                RequestClass(reference, .reference, position: position),
                RequestClass("\(reference)'", .repetition, position: position),
            ] + probes + [RequestClass("delayed", .delayed, position: position)]
        let count = classes.count
        var contrasts = probes.indices.map { probe in
            Contrast(name: probes[probe].name, weights: Self.difference(of: probe + 2, count: count))
        }
        if let trend {
            var weights = [Double](repeating: 0, count: count)
            (weights[0], weights[1], weights[count - 2], weights[count - 3]) = (-0.5, -0.5, 0.5, 0.5)
            contrasts.append(Contrast(name: trend, weights: weights))
        }
        self.contrasts = contrasts
    }

    /// One wrong symbol, at the first place or at four later ones.
    ///
    /// - Parameter symbols: how many symbols a signature has.
    package static func firstWrongSymbol(of symbols: Int) -> Experiment {
        let positions = [symbols / 4, symbols / 2, symbols * 3 / 4, symbols - 1]
        return Experiment(
            reference: "0", position: 0,
            probes: positions.map { RequestClass("\($0)", .probe, position: $0) }, trend: trend)
    }

    /// One other kind of request beside the reference.
    package static func pair(_ reference: String, _ probe: String) -> Experiment {
        Experiment(reference: reference, probes: [RequestClass(probe, .probe)])
    }

    /// Creates the experiment with these classes; `nil` when there is none.
    package init?(classes: [RequestClass]) {
        let probes = classes.filter { $0.role == .probe }
        guard let reference = classes.first, !probes.isEmpty else { return nil }
        self.init(
            reference: reference.name, position: reference.position, probes: probes,
            trend: probes.count > 1 ? Self.trend : nil)
        guard self.classes == classes else { return nil }
    }

    /// The name of the contrast of late places with early ones.
    private static let trend = "late-early"

    /// The repetition against the reference: no effect, unless the measurement is at fault.
    package var repetition: Contrast { Contrast(name: classes[1].name, weights: difference(of: 1)) }

    /// The delayed reference against the reference: the delay, unless the path absorbs it.
    package var delay: Contrast {
        Contrast(name: classes[delayedClass].name, weights: difference(of: delayedClass))
    }

    /// The index of the delayed reference.
    package var delayedClass: Int { classes.count - 1 }

    private func difference(of other: Int) -> [Double] { Self.difference(of: other, count: classes.count) }

    private static func difference(of other: Int, count: Int) -> [Double] {
        var weights = [Double](repeating: 0, count: count)
        weights[0] = -1
        weights[other] = 1
        return weights
    }
}
