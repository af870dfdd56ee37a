internal import ReportModel

extension Reason {
    /// The reason in words. Without a context, no command-line option is named.
    func words(_ context: ReportContext? = nil) -> String {
        switch self {
        case .skipped(let reason): reason.words + (context?.option(reason).map { " (\($0))" } ?? "")
        case .inconclusive(let doubt): doubt.words
        case .controlRefused(let observed): "its control, a valid request, was rejected: \(observed.summary)"
        case .unsteady(let unsteadiness): unsteadiness.words
        case .refusalHabit(let observed):
            "each wrong signature is answered with \(observed.summary), and that was taken for a refusal everywhere else"
        case .refusedWithEffect: "it was refused, and took effect all the same"
        case .acceptedWithoutEffect(1): "it was answered as accepted, and took no effect"
        case .acceptedWithoutEffect(let count):
            "\(count) requests that must be refused were answered as accepted, and took no effect: the answer comes "
                + "before the verification, or in spite of it"
        case .disclosed(.internals(let page)): "the answer shows \(page)"
        case .disclosed(.secret): "the answer contains a secret, which must be replaced now"
        case .disclosed(.rightSignature): "the answer contains the correct signature"
        case .gone(.again):
            "this request took the target down, and again when it was sent alone after the target was back"
        case .gone(.forGood):
            "the target went down on this request and did not come back, so the request could not be tried again"
        case .finding(let text): text
        }
    }
}

extension Unsteadiness {
    /// What was seen, in words.
    var words: String {
        switch self {
        case .bothWays:
            "verdicts do not depend on the request: a wrong signature was accepted at one time and refused at another"
        case .wrongSignatureAccepted:
            "a request that is valid but for its signature was accepted each time: refusals of other requests show "
                + "nothing"
        case .validRefused(let observed):
            "a valid request was refused (\(observed.summary)), and one like it was accepted right after"
        }
    }
}

extension SkipReason {
    /// Why the case was skipped, in words.
    package var words: String {
        switch self {
        case .notApplicable(let scheme): "does not apply to \(scheme)"
        case .notGiven(let facility): "needs \(facility.words)"
        case .notDelivered(let feature, let observed):
            "\(feature.words) does not reach the endpoint: a valid request with it was rejected (\(observed.summary))"
        case .nothingToChange: "your body contains nothing that this case can change"
        case .slow(let seconds): "waits \(seconds) s"
        case .tooLong(let seconds): "the documented time of \(seconds) s exceeds the longest wait of a run"
        case .statusOnly: "status only: the request was accepted, but its effect can't be observed"
        case .noEffect(let payload): "the payload '\(payload)' has no effect that can be counted"
        case .firstFailure: "the run stopped at its first failure"
        case .interrupted: "the run was interrupted"
        case .outOfTime: "the time for the run was over"
        case .toldBy(let id): "\(id) tells the same"
        case .needsStagedAnswer: "needs a staged answer, and a recording has none"
        case .notRecorded(let what): "the recording does not contain \(what.words)"
        case .moot(let words): words
        }
    }
}

extension Recordable {
    /// What it is, in words.
    var words: String {
        switch self {
        case .twoEvents: "two events"
        case .attempts: "several attempts at one delivery"
        case .failedAttempts: "attempts at one delivery after failed ones"
        }
    }
}

extension Doubt {
    /// Why the case is inconclusive, in words.
    var words: String {
        switch self {
        case .notBegun(let cause): "not sent: \(cause.words)"
        case .targetLost: "not sent: the target no longer accepts valid requests"
        case .lockedOut:
            "not sent: the target came to refuse every valid request, as one does that locks a sender out after many "
                + "refusals; lift the lock or exempt this machine"
        case .limited(let observed):
            "the target limits the rate of requests, and waiting did not help: \(observed.summary)"
        case .unsteady: "the target refuses valid requests now and then, so this refusal is blamed on nothing"
        case .controlNotAccepted(let observed): "its control was not accepted: \(observed.summary)"
        case .notReached(let observed): observed.summary
        case .void: "void: the target stopped accepting valid requests after this probe"
        case .answerCut:
            "the answer is too long to be kept in full, and the rest may contain what must not be in it"
        case .bytesLost: "the recording lost bytes of the bodies, so what does not fit them shows nothing"
        case .notRepeated(let finding): "seen once but not reproduced: \(finding)"
        case .seenOnce(let observed): "seen once but not reproduced: \(observed.words)"
        case .obstacle(let words): words
        case .interrupted: "the run was interrupted"
        case .outOfTime: "the time for the run was over"
        }
    }
}

extension Cause {
    /// Why the run is inconclusive, in words.
    var words: String {
        switch self {
        case .nothingSelected: return "no case was selected"
        case .nothingRefused: return "no case showed that the target rejects anything"
        case .limited(let observed):
            return "the target limits the rate of requests, and waiting did not help: \(observed.summary)"
        case .verdictsIndependent: return "the target's verdicts do not depend on the request"
        case .tooFew(let judged, let minimum):
            return "\(counted(judged, "case")) judged, and at least \(minimum) demanded"
        case .noDelivery(let reason): return "no delivery could be judged: \(reason)"
        case .outOfTime: return "the time for the run was over before every case was run"
        case .validRequest(let observed):
            let summary = observed.summary
            switch observed.observation {
            case nil: return summary
            case .silent: return "the target does not answer: \(summary)"
            case .crashed: return "the target fails on a valid request: \(summary)"
            case .odd: return "the target neither accepted nor rejected a valid request: \(summary)"
            case .accepted, .rejected:
                return "the target rejects a valid request (\(summary)): check the secret, the scheme, the path and "
                    + "the payload"
            }
        }
    }
}

extension Remark {
    /// The remark as a sentence, with the option that would change it.
    func words(_ context: ReportContext) -> String {
        let option = context.remedy(self)
        let advice: String? =
            switch self {
            case .rateLimited: option.map { "Set \($0) to send more slowly from the start." }
            case .dateNotAccelerated: option.map { "Let Date run at the speed of \($0), or leave \($0) out." }
            case .notBack:
                option.map { "With \($0) exec:COMMAND, a run starts it again, finds what took it down and goes on." }
            default: nil
            }
        return [words, advice].compactMap(\.self).joined(separator: " ")
    }

    /// The remark as a sentence.
    var words: String {
        switch self {
        case .rateLimited:
            "The target limited the rate of requests (status 429, or 503 with Retry-After); the run waited, sent "
                + "what was limited again, and slowed down."
        case .connectionOutOfStep:
            "The target leaves bytes of refused requests unread, and takes them for the beginning of the next request on "
                + "the connection, which it then loses. Such requests were sent again over a fresh connection. Read each "
                + "request to its end before you answer, or close the connection."
        case .dateNotAccelerated:
            "The target's Date does not run as fast as its clock is said to, so its time is not known, and what depends "
                + "on time may be judged wrongly."
        case .notBack: "The target was gone before the run was over, and did not come back."
        case .certificateNotVerified: "The target's certificate was not verified."
        case .configured(let file, let options): "Read from \(file): \(options.joined(separator: ", "))."
        case .secretReplaced(let times):
            "The target's secret was replaced \(times == 1 ? "once" : "twice"): the one given for this run is no "
                + "longer accepted."
        case .recorded(let requests, let leftOut, let bytesLost):
            "\(counted(requests, "recorded request")) judged."
                + (leftOut > 0 ? " \(counted(leftOut, "request")) left out, with methods that deliver nothing." : "")
                + (bytesLost > 0
                    ? " \(counted(bytesLost, "request")) lost bytes of the body in the recording, and nothing is blamed "
                        + "on the sender for them." : "")
        case .scheduled(let seconds):
            "The sender is set to wait \(seconds.map { "\($0) s" }.joined(separator: ", ")) between attempts; the "
                + "document's schedule was not asked for."
        case .notRemoved(let what): "\(what) was created for a test and could not be removed; remove it manually."
        }
    }
}

extension Facility {
    /// The facility in words that follow "needs".
    package var words: String {
        switch self {
        case .effects: "a way to count effects"
        case .rotation: "a way to replace the secret"
        case .secondBridge: "a second bridge"
        case .administration: "access to the administrative interface"
        case .keySet: "a key set that the endpoint fetches from the run"
        case .eventText: "a trigger that takes the text of the event"
        case .authority: "a sender that trusts the authority made for the run"
        case .secondRegistration: "a second receiver registered with the sender"
        case .internalAddresses: "a sender on this machine"
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
        case .headerBlock2KiB: "header lines of almost 2 KiB"
        case .headerBlock4KiB: "header lines of almost 4 KiB"
        case .headerBlock8KiB: "header lines of almost 8 KiB"
        case .headerBlock16KiB: "header lines of almost 16 KiB"
        case .malformedLines: "a malformed header line"
        case .body128KiB: "a body of 128 KiB"
        case .body1MiB: "a body of 1 MiB"
        case .getMethod: "the method GET"
        case .headMethod: "the method HEAD"
        case .putMethod: "the method PUT"
        case .patchMethod: "the method PATCH"
        case .deleteMethod: "the method DELETE"
        case .optionsMethod: "the method OPTIONS"
        case .lowerCaseMethod: "the method post in lower case"
        case .unknownMethod: "an unknown method"
        }
    }
}

extension CaseResult.Observed {
    /// The status, or why there is no answer.
    var summary: String { status.map { "status \($0)" } ?? failure ?? "no answer" }

    /// The decision and the status, such as `accepted (status 200)`.
    var words: String {
        let decision = observation?.rawValue ?? "not reached"
        if let status { return "\(decision) (status \(status))" }
        return failure.map { "\(decision): \($0)" } ?? decision
    }
}
