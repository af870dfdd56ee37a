internal import Bytes
internal import Catalogue
internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Timing
internal import Transport

extension LiveSession {
    func time(_ question: TimedQuestion) throws -> TimingResult {
        guard environment.clock.waiting == .sleeps, environment.clock.speed == 1 else {
            throw Obstacle.moot("times are measured on a clock that runs like ours only")
        }
        let (subject, responses, signals) = (environment.subject, scheme.responses, environment.signals)
        let open = { subject.openTimedSession(responses: responses, until: signals.stop) }
        guard let first = open() else {
            throw Obstacle.moot("the times of such a target mean nothing")
        }
        let maker = TimedRequests(environment, question)
        let result = try environment.traffic.alone {
            let settings = settings(for: question, maker, first)
            let options = environment.configuration.timing
            if settings.threshold == nil, options.threshold == nil, !options.isAsked {
                throw Obstacle.moot("over such a network, times show no comparison of signatures")
            }
            var measurement = Measurement(
                question.experiment, settings, open: { open() ?? first }, make: maker.make)
            measurement.isInterrupted = { signals.stop.isStopped }
            measurement.progress = { options.progress(question, $0) }
            measurement.record = { options.record(question, $0, $1) }
            return measurement.run()
        }
        coordinator.measured(result, for: question.id)
        note("\(result.rig.requests) timed requests of \(question.experiment.classes.count) classes")
        return result
    }

    private func settings(
        for question: TimedQuestion, _ maker: TimedRequests, _ session: any TimedSession
    ) -> TimingSettings {
        let configuration = environment.configuration
        let options = configuration.timing
        let trials = environment.subject.place == nil ? TimedRequests.trials : 0
        let place = environment.subject.place ?? maker.place(by: session)
        var settings = TimingSettings(
            for: place, classes: question.experiment.classes.count, mostRequests: options.budget.map { $0 - trials },
            seed: configuration.seed)
        if let threshold = options.threshold { settings.threshold = threshold > 0 ? threshold : nil }
        if let rate = configuration.requestsPerSecond {
            settings.pace.interval = max(settings.pace.interval, 1_000_000_000 / UInt64(rate))
        }
        return settings
    }
}

/// Makes the requests of an experiment.
private struct TimedRequests {
    private let environment: RunEnvironment
    private let question: TimedQuestion

    /// How many requests tell where the target is.
    static let trials = 20
    /// The longest round trip in a local network, in nanoseconds.
    private static let nearby: UInt64 = 2_000_000

    init(_ environment: RunEnvironment, _ question: TimedQuestion) {
        self.environment = environment
        self.question = question
    }

    /// Makes a request of a class.
    func make(_ index: Int, _ generator: inout SeededGenerator) -> [UInt8] {
        let digits = String(generator.next() | 1 << 63, radix: 16)
        let context = environment.deliveries.nextOfOneLength(secret: environment.secrets.signing, name: digits)
        let index = environment.configuration.timing.comparesTheSame ? 0 : index
        return question.request(index, Draft(context), &generator).request.wireBytes
    }

    /// Finds out by the times of some requests where the target is.
    func place(by session: any TimedSession) -> TimingSettings.Place {
        var generator = SeededGenerator(seed: environment.configuration.seed)
        let times = (0..<Self.trials).map { _ in
            make(0, &generator).withUnsafeBytes { session.time($0, delay: 0) }.nanoseconds
        }
        return times.sorted()[Self.trials / 2] <= Self.nearby ? .localNetwork : .internet
    }
}
