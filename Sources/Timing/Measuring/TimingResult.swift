/// A measurement: its verdict, and everything that it rests on.
package struct TimingResult: Sendable, Hashable {
    /// The classes and contrasts.
    package var experiment: Experiment
    /// The effect that matters, in nanoseconds; `nil` when none was named.
    package var threshold: Double?
    /// What orders and contents were drawn from.
    package var seed: UInt64
    /// What it comes to.
    package var verdict: TimingVerdict
    /// What was seen at each look of the run that counts.
    package var looks: [Look]
    /// What the confirming run saw; `nil` when there was none.
    package var confirmation: Look?
    /// How the measurement itself behaved.
    package var rig: Rig
    /// How the times are distributed, for plots; `nil` without a tuple.
    package var shape: TimesShape?

    /// Creates a result.
    package init(
        experiment: Experiment, threshold: Double?, seed: UInt64, verdict: TimingVerdict, looks: [Look],
        confirmation: Look?, rig: Rig, shape: TimesShape?
    ) {
        self.experiment = experiment
        self.threshold = threshold
        self.seed = seed
        self.verdict = verdict
        self.looks = looks
        self.confirmation = confirmation
        self.rig = rig
        self.shape = shape
    }

    /// How a measurement behaved.
    package struct Rig: Sendable, Hashable {
        /// How many requests were sent, in all runs.
        package var requests = 0
        /// How many tuples did not count because a connection or an answer was lost in them.
        package var droppedTuples = 0
        /// How many runs were needed: more than one when the reference and its repetition differed at first.
        package var runs = 0
        /// The median of the times, in nanoseconds.
        package var median = 0.0
        /// The time that one in a hundred exceeds, in nanoseconds.
        package var percentile99 = 0.0
        /// The smallest step of the clock, in nanoseconds; `nil` when none was seen.
        package var clockStep: Double?
        /// How far a time of the reference predicts the next.
        package var autocorrelation = 0.0
        /// How far a difference of the last probe predicts the next; it should not.
        package var autocorrelationOfDifferences = 0.0
        /// The mean time of each place in the order, in nanoseconds.
        package var slotMeans: [Double] = []

        /// Creates the record of a measurement in which nothing happened.
        package init() {}
    }
}

/// How times are distributed: what plots are drawn from.
package struct TimesShape: Sendable, Hashable {
    /// Percentiles 0 to 100 of the differences of the repetition.
    package var repetition: [Double]
    /// Percentiles 0 to 100 of the differences of the last probe.
    package var probe: [Double]
    /// The name of that probe.
    package var probeName: String
    /// The medians of the reference's times in parts of the run, in order.
    package var drift: [Double]

    /// Creates a shape.
    package init(repetition: [Double], probe: [Double], probeName: String, drift: [Double]) {
        self.repetition = repetition
        self.probe = probe
        self.probeName = probeName
        self.drift = drift
    }

    private static let parts = 120

    /// Creates the shape of samples; `nil` when there are none.
    init?(_ samples: Samples) {
        let experiment = samples.experiment
        guard samples.count > 0, let last = experiment.contrasts.last(where: { $0.weights[0] == -1 }) else {
            return nil
        }
        let percentiles = { (contrast: Contrast) in
            let sorted = samples.differences(contrast).sorted()
            return (0...100).map { Series.quantile(Double($0) / 100, ofSorted: sorted).rounded() }
        }
        let times = samples.times[0]
        let count = min(Self.parts, times.count)
        self.init(
            repetition: percentiles(experiment.repetition), probe: percentiles(last), probeName: last.name,
            drift: (0..<count).map { part in
                let range = times.count * part / count..<times.count * (part + 1) / count
                return Series.median(ofSorted: times[range].sorted()).rounded()
            })
    }
}
