/// What the tuples up to some number say.
package struct Look: Sendable, Hashable {
    /// A contrast with its estimate.
    package struct Finding: Sendable, Hashable {
        /// The name of the contrast.
        package var name: String
        /// How many symbols before the first wrong one are right; `nil` where the contrast is of no one place.
        package var position: Int?
        /// What the tuples say about it.
        package var estimate: Estimate

        /// Creates a finding.
        package init(name: String, position: Int?, estimate: Estimate) {
            self.name = name
            self.position = position
            self.estimate = estimate
        }
    }

    /// How many tuples there were.
    package var tuples: Int
    /// The contrasts that show a leak.
    package var contrasts: [Finding]
    /// The repetition of the reference against the reference.
    package var repetition: Estimate
    /// The delayed reference against the reference.
    package var delayed: Estimate
    /// The delay that was really made, in nanoseconds.
    package var appliedDelay: Double

    /// Creates a look.
    package init(
        tuples: Int, contrasts: [Finding], repetition: Estimate, delayed: Estimate, appliedDelay: Double
    ) {
        self.tuples = tuples
        self.contrasts = contrasts
        self.repetition = repetition
        self.delayed = delayed
        self.appliedDelay = appliedDelay
    }

    /// Looks at samples; `nil` when there are too few, or the clock is too coarse.
    ///
    /// - Parameter critical: how large a statistic must be, from the share of the error budget.
    package init?(_ samples: Samples, critical: Double) {
        let experiment = samples.experiment
        let estimate = { (contrast: Contrast) in Estimate(of: samples.differences(contrast), critical: critical) }
        guard let repetition = estimate(experiment.repetition), let delayed = estimate(experiment.delay) else {
            return nil
        }
        var findings = [Finding]()
        for contrast in experiment.contrasts {
            guard let estimate = estimate(contrast) else { return nil }
            let position = experiment.classes.first { $0.name == contrast.name }?.position
            findings.append(Finding(name: contrast.name, position: position, estimate: estimate))
        }
        self.init(
            tuples: samples.count, contrasts: findings, repetition: repetition, delayed: delayed,
            appliedDelay: samples.appliedDelay)
    }

    /// The largest effect of any contrast that the tuples do not contradict, in nanoseconds.
    package var bound: Double { contrasts.map(\.estimate.bound).max() ?? .infinity }

    /// The contrast with the clearest effect; `nil` when none has one.
    package var clearest: Finding? {
        contrasts.filter(\.estimate.isEffect).max { abs($0.estimate.z) < abs($1.estimate.z) }
    }

    /// Whether the known delay was measured as it was made.
    package enum DelayCheck: String, Sendable, Hashable, CaseIterable {
        /// It was found again.
        case recovered
        /// It may or may not be there: the interval is too wide.
        case open
        /// It was not found, or another one.
        case lost
    }

    /// Whether the known delay was measured as it was made. A busy wait is no exact instrument, so that a quarter of the
    /// delay is allowed besides the interval.
    package var delayCheck: DelayCheck {
        if abs(delayed.effect - appliedDelay) > appliedDelay / 4 + delayed.halfWidth { return .lost }
        return delayed.isEffect && delayed.effect > 0 ? .recovered : .open
    }
}
