internal import Bytes

extension Measurement {
    /// One run over one session.
    struct Run {
        var samples: Samples
        var looks: [Look] = []
        var ending = Ending.repetitionDiffers
    }

    /// How a run ended.
    enum Ending: Hashable {
        /// The reference and its repetition differ.
        case repetitionDiffers
        /// A contrast has an effect.
        case effect(Look.Finding)
        /// No effect of this size or more, which is less than the one that matters, and the known delay was found.
        case bounded(Double)
        /// The last look left it open.
        case exhausted(TimingDoubt)
        /// It could not go on.
        case stopped(TimingDoubt)
    }

    /// So many tuples in a row without one that counts end a run.
    private static let patience = 20

    /// Measures up to the last look, or until one decides.
    ///
    /// - Parameter confirms: whether the run has one look, which decides nothing by itself.
    func observe(_ spending: inout Spending, looks: [Int], confirms: Bool = false) -> Run {
        spending.runs += 1
        var run = Run(samples: Samples(experiment))
        guard let most = looks.last else {
            run.ending = .stopped(.budget(fewest: TimingSettings.fewestRequests(classes: classes)))
            return run
        }
        let seed = settings.seed &+ UInt64(spending.runs) &* 0x9E37_79B9_7F4A_7C15
        let sampler = Sampler(
            session: open(), experiment: experiment, pace: settings.pace, seed: seed, make: make)
        defer { spending.requests += sampler.requests }
        var warmUp = Samples(experiment)
        var lossesInARow = 0
        while true {
            if isInterrupted() {
                run.ending = .stopped(interruption(run.samples, seed: seed))
                return run
            }
            guard spending.requests + sampler.requests + classes <= settings.mostRequests else {
                run.ending = .exhausted(doubt(run.looks.last))
                return run
            }
            switch sampler.next() {
            case .failure(let loss):
                spending.droppedTuples += 1
                lossesInARow += 1
                if let doubt = loss.doubt(isLasting: lossesInARow >= Self.patience) {
                    run.ending = .stopped(doubt)
                    return run
                }
            case .success(let tuple) where warmUp.count < settings.warmUp:
                lossesInARow = 0
                warmUp.add(tuple)
                guard warmUp.count == settings.warmUp else { continue }
                if let doubt = doubt(warmUp) {
                    run.ending = .stopped(doubt)
                    return run
                }
                sampler.delay = delay(after: warmUp, most: most)
            case .success(let tuple):
                lossesInARow = 0
                run.samples.add(tuple)
                record(spending.runs, tuple)
                let count = run.samples.count
                if count.isMultiple(of: 100) || count == most {
                    progress(Progress(tuples: count, most: most, isConfirmation: confirms, look: run.looks.last))
                }
                guard looks.contains(count) else { continue }
                if let ending = look(&run, seed: seed, isLast: count == most, confirms: confirms) {
                    run.ending = ending
                    return run
                }
            }
        }
    }

    /// Looks at the samples and decides; `nil` to go on.
    private func look(_ run: inout Run, seed: UInt64, isLast: Bool, confirms: Bool) -> Ending? {
        if let doubt = doubt(run.samples) { return .stopped(doubt) }
        guard let look = Look(run.samples.dithered(seed: seed), critical: critical) else { return .stopped(.clock) }
        run.looks.append(look)
        if confirms { return .exhausted(doubt(look)) }
        if look.repetition.isEffect { return .repetitionDiffers }
        if let finding = look.clearest { return .effect(finding) }
        if let threshold = settings.threshold, look.bound < threshold, look.delayCheck == .recovered {
            return .bounded(look.bound)
        }
        return isLast ? .exhausted(doubt(look)) : nil
    }

    /// What the last look leaves open.
    private func doubt(_ look: Look?) -> TimingDoubt {
        guard let look else { return .budget(fewest: TimingSettings.fewestRequests(classes: classes)) }
        if look.delayCheck == .lost {
            return .delayLost(applied: look.appliedDelay, measured: look.delayed.effect)
        }
        guard let threshold = settings.threshold else { return .noThreshold(bound: look.bound, tuples: look.tuples) }
        // The width of an interval falls with the root of the number of tuples.
        let ratio = max(1, look.bound / threshold)
        return .tooWide(
            bound: look.bound, tuples: look.tuples,
            needed: Int((Double(look.tuples) * ratio * ratio).rounded(.up)))
    }

    /// Why the answers make the times incomparable; `nil` when they do not.
    private func doubt(_ samples: Samples) -> TimingDoubt? {
        if let other = samples.classWithOtherAnswers { return .otherAnswers(name: other.name) }
        if samples.accepted > 0 { return .accepted }
        return 2 * samples.undecided > samples.count * classes ? .undecided : nil
    }

    private func interruption(_ samples: Samples, seed: UInt64) -> TimingDoubt {
        let look = Look(samples.dithered(seed: seed), critical: critical)
        return .interrupted(bound: look?.bound, tuples: samples.count)
    }

    /// A busy wait can be no shorter than a look at the clock takes.
    private static let shortestDelay = 50.0

    /// How long the delayed class waits, in nanoseconds: the effect that matters; where none is named, one that the last
    /// look should see.
    private func delay(after warmUp: Samples, most: Int) -> UInt64 {
        let sizes = [settings.threshold, visible(after: warmUp, at: most)].compactMap(\.self)
        return UInt64(max(Self.shortestDelay, sizes.first ?? Self.shortestDelay))
    }

    /// Twice the effect that so many tuples should show.
    private func visible(after warmUp: Samples, at tuples: Int) -> Double? {
        guard let estimate = Estimate(of: warmUp.differences(experiment.repetition), critical: critical) else {
            return nil
        }
        let error = estimate.standardError * (Double(warmUp.count) / Double(tuples)).squareRoot()
        return min(2 * (critical + 1) * error, 1e9)
    }
}

extension Sampler.Loss {
    /// Why a run can't go on after this loss; `nil` when it can.
    fileprivate func doubt(isLasting: Bool) -> TimingDoubt? {
        switch self {
        case .limited: .limited
        case .lengths: .lengths
        case .connection: isLasting ? .connections : nil
        case .unanswered: isLasting ? .unanswered : nil
        }
    }
}
