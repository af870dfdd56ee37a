internal import Bytes
internal import ReportModel
internal import Schemes
internal import Timing

extension ScenarioSession {
    /// How many symbols the text of a signature has, without padding.
    var signatureSymbols: Int {
        let encoding = scheme.signature.encoding
        return encoding.symbols(in: encoding.encode(validRequest(for: main).mac))
    }

    /// Measures whether the classes of an experiment take the same time. Valid requests before and after it show that
    /// wrong signatures are compared with the right one at all.
    ///
    /// - Parameters:
    ///   - question: the experiment.
    ///   - leak: what it is when they don't, in a sentence without numbers.
    func expectOneTime(_ question: TimedQuestion, else leak: String) throws {
        try checkDecisions(question)
        let result = try time(question)
        if case .inconclusive(let doubt) = result.verdict { throw Obstacle(doubt.words) }
        try checkDecisions(question)
        if case .leak = result.verdict { throw Finding(.leak, leak) }
    }

    private func checkDecisions(_ question: TimedQuestion) throws {
        try sendControl(validRequest(for: main), to: main)
        var generator = SeededGenerator(seed: 1)
        let wrong = question.request(0, draft(for: main), &generator)
        try expectRefusal(wrong, on: main, of: "a request with a wrong signature")
    }
}

extension TimingDoubt {
    /// Why nothing can be said, without numbers: those are among the measurements.
    fileprivate var words: String {
        switch self {
        case .tooWide: "the times vary too much to rule out an effect that matters within the budget"
        case .noThreshold: "over such a network, no effect that matters was named, and the times bound none"
        case .repetitionDiffers: "requests of the same kind took different times, in two runs"
        case .delayLost: "a delay before sending was not measured as it was made: something on the way absorbs time"
        case .notConfirmed: "an effect was seen that did not show again in an independent run"
        case .otherAnswers: "the requests are answered in different ways, so that their times compare nothing"
        case .accepted: "a request with a wrong signature was accepted"
        case .undecided: "the answers show neither acceptance nor rejection"
        case .lengths: "requests that should differ only in their signature have different lengths"
        case .limited: "the target limits the rate of requests"
        case .connections: "the target closes its connections after a few requests"
        case .unanswered: "requests got no answer"
        case .clock: "the clock is too coarse for these times"
        case .budget: "the budget does not suffice for a measurement"
        case .interrupted: "the measurement was interrupted"
        }
    }
}
