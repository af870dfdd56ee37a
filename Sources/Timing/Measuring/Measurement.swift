package import Bytes

/// Measures one experiment: runs with looks, each decision paid for from one error budget, and the checks of the
/// measurement itself.
package struct Measurement {
    /// How far a measurement is.
    package struct Progress: Sendable {
        /// How many tuples of the current run there are.
        package var tuples: Int
        /// How many it has at most.
        package var most: Int
        /// Whether the run is to confirm an effect.
        package var isConfirmation: Bool
        /// What was seen last.
        package var look: Look?
    }

    /// The classes and contrasts.
    package let experiment: Experiment
    /// How it is measured.
    package let settings: TimingSettings
    /// Opens a session of its own for each run.
    package let open: () -> any TimedSession
    /// Makes a request of a class, by its index.
    package let make: (_ index: Int, inout SeededGenerator) -> [UInt8]
    /// Whether to stop now.
    package var isInterrupted: () -> Bool = { false }
    /// Called now and then.
    package var progress: (Progress) -> Void = { _ in }
    /// Called with each tuple that counts, with the number of its run.
    package var record: (_ run: Int, Tuple) -> Void = { _, _ in }

    /// Creates a measurement.
    package init(
        _ experiment: Experiment, _ settings: TimingSettings, open: @escaping () -> any TimedSession,
        make: @escaping (_ index: Int, inout SeededGenerator) -> [UInt8]
    ) {
        self.experiment = experiment
        self.settings = settings
        self.open = open
        self.make = make
    }

    /// How large a statistic must be at each look.
    package var critical: Double {
        let tests = max(1, settings.looks.count) * experiment.contrasts.count
        return Normal.critical(bothTails: TimingSettings.errorBudget / Double(tests))
    }

    /// A confirmation is one test in one direction.
    private static let criticalOfConfirmation = Normal.critical(bothTails: 2 * TimingSettings.errorBudget)

    /// Measures until a verdict is reached or the budget is spent.
    package func run() -> TimingResult {
        var spending = Spending()
        var looks = settings.looks
        var run = observe(&spending, looks: looks)
        if run.ending == .repetitionDiffers {
            // It happens by chance once in many measurements; twice is no chance.
            looks = looks.filter { 2 * classes * ($0 + settings.warmUp) <= settings.mostRequests - spending.requests }
            if !looks.isEmpty { run = observe(&spending, looks: looks) }
        }
        switch run.ending {
        case .repetitionDiffers: return result(run, .inconclusive(.repetitionDiffers), spending)
        case .bounded(let bound): return result(run, .noLeak(above: bound), spending)
        case .exhausted(let doubt), .stopped(let doubt): return result(run, .inconclusive(doubt), spending)
        case .effect(let found): return confirm(found, run, &spending)
        }
    }

    /// Repeats a run with other contents, over another connection, and looks for one effect in one direction.
    private func confirm(_ found: Look.Finding, _ run: Run, _ spending: inout Spending) -> TimingResult {
        let again = observe(&spending, looks: [run.samples.count], confirms: true)
        if case .stopped(let doubt) = again.ending { return result(run, .inconclusive(doubt), spending) }
        let direction = found.estimate.z < 0 ? -1.0 : 1.0
        guard let look = again.looks.last, !look.repetition.isEffect,
            let finding = look.contrasts.first(where: { $0.name == found.name }),
            finding.estimate.z * direction > Self.criticalOfConfirmation
        else { return result(run, .inconclusive(.notConfirmed(contrast: found.name)), spending) }
        var measured = result(
            run, .leak(TimingVerdict.Leak(finding, in: look, threshold: settings.threshold)), spending)
        measured.confirmation = look
        return measured
    }

    private func result(_ run: Run, _ verdict: TimingVerdict, _ spending: Spending) -> TimingResult {
        TimingResult(
            experiment: experiment, threshold: settings.threshold, seed: settings.seed, verdict: verdict,
            looks: run.looks, confirmation: nil, rig: TimingResult.Rig(run.samples, spending),
            shape: TimesShape(run.samples))
    }

    /// The number of classes.
    var classes: Int { experiment.classes.count }
}

/// What was spent in all runs.
struct Spending {
    var requests = 0
    var droppedTuples = 0
    var runs = 0
}

extension TimingResult.Rig {
    fileprivate init(_ samples: Samples, _ spending: Spending) {
        self.init()
        requests = spending.requests
        droppedTuples = spending.droppedTuples
        runs = spending.runs
        let sorted = samples.times.joined().sorted()
        guard !sorted.isEmpty, let last = samples.experiment.contrasts.last else { return }
        median = Series.median(ofSorted: sorted)
        percentile99 = Series.quantile(0.99, ofSorted: sorted)
        clockStep = samples.clockStep
        autocorrelation = Series.autocorrelation(of: samples.times[0])
        autocorrelationOfDifferences = Series.autocorrelation(of: samples.differences(last))
        slotMeans = samples.slotMeans
    }
}
