internal import ReportModel

extension Reason {
    /// The reason in words. Without a context no option of the command line is named.
    func words(_ context: ReportContext? = nil) -> String {
        switch self {
        case .skipped(let reason): reason.words + (context?.option(reason).map { " (\($0))" } ?? "")
        case .inconclusive(let doubt): doubt.words
        case .controlRefused(let observed): "its control, a valid request, was refused: \(observed.summary)"
        case .finding(let text): text
        }
    }
}

extension SkipReason {
    /// Why the case was skipped, in words.
    package var words: String {
        switch self {
        case .notApplicable(let scheme): "makes no sense for \(scheme)"
        case .notGiven(let facility): "needs \(facility.words)"
        case .notDelivered(let feature, let observed):
            "\(feature.words) does not reach the endpoint: a valid request with it was refused (\(observed.summary))"
        case .nothingToChange: "your body has nothing that it could change"
        case .slow(let seconds): "waits \(seconds) s"
        case .tooLong(let seconds): "the documented time of \(seconds) s is longer than a run waits"
        case .statusOnly: "status only: it was accepted, and whether that had an effect can't be seen"
        case .noEffect(let payload): "the payload '\(payload)' has no effect that could be counted"
        case .firstFailure: "the run ended at its first failure"
        case .interrupted: "the run was interrupted"
        case .moot(let words): words
        }
    }
}

extension Doubt {
    /// Why the case is inconclusive, in words.
    var words: String {
        switch self {
        case .notBegun(let cause): "not sent: \(cause.words)"
        case .targetLost: "not sent: the target no longer accepts valid requests"
        case .controlNotAccepted(let observed): "its control was not accepted: \(observed.summary)"
        case .notReached(let observed): observed.summary
        case .void: "void: after this probe the target no longer accepted a valid request"
        case .answerCut:
            "the answer is longer than what is kept of it, and the rest may contain what it must not contain"
        case .notRepeated(let finding): "seen once, and not again: \(finding)"
        case .obstacle(let words): words
        case .interrupted: "the run was interrupted"
        }
    }
}

extension Cause {
    /// Why the run is inconclusive, in words.
    var words: String {
        switch self {
        case .nothingSelected: return "no case was selected"
        case .nothingRefused: return "no case showed that the target refuses anything"
        case .validRequest(let observed):
            let summary = observed.summary
            switch observed.observation {
            case nil: return summary
            case .silent: return "the target does not answer: \(summary)"
            case .crashed: return "the target fails on a valid request: \(summary)"
            case .odd: return "the answer to a valid request is neither acceptance nor refusal: \(summary)"
            case .accepted, .rejected:
                return "the target refuses a valid request (\(summary)): check the secret, the scheme, the path and "
                    + "the payload"
            }
        }
    }
}

extension Remark {
    /// What a reader must know, in a sentence.
    var words: String {
        switch self {
        case .certificateNotVerified: "The target's certificate was not verified."
        case .configured(let file, let options): "Read from \(file): \(options.joined(separator: ", "))."
        case .secretReplaced(let times):
            "The target's secret was replaced \(times == 1 ? "once" : "twice"): the one given for this run is no "
                + "longer accepted."
        case .notRemoved(let what): "\(what), made for a test, could not be removed; remove it by hand."
        }
    }
}

extension Facility {
    /// What must be given, in words that follow "needs".
    package var words: String {
        switch self {
        case .effects: "a way to count effects"
        case .rotation: "a way to replace the secret"
        case .secondBridge: "a second bridge"
        case .administration: "access to the administrative interface"
        case .keySet: "a key set that the endpoint fetches from the run"
        }
    }
}

extension TransportFeature {
    /// The feature in words.
    var words: String {
        switch self {
        case .duplicateHeaders: "a repeated header line"
        case .oddCase: "a header name in odd case"
        case .nonASCIIBytes: "a header value with bytes above 0x7F"
        case .chunkedBody: "a chunked body"
        case .trailers: "a trailer"
        case .headerBlock2KiB: "header lines of 2 KiB"
        case .headerBlock4KiB: "header lines of 4 KiB"
        case .headerBlock8KiB: "header lines of 8 KiB"
        case .headerBlock16KiB: "header lines of 16 KiB"
        case .malformedLines: "a malformed header line"
        }
    }
}

extension CaseResult.Observed {
    /// The status, or why there is none.
    var summary: String { status.map { "status \($0)" } ?? failure ?? "no answer" }

    /// What came back, such as `accepted (status 200)`.
    var words: String {
        let decision = observation?.rawValue ?? "not reached"
        if let status { return "\(decision) (status \(status))" }
        return failure.map { "\(decision): \($0)" } ?? decision
    }
}
