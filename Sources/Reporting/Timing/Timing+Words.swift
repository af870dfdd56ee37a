internal import Timing

/// Returns a time for people: in nanoseconds, or a larger unit where that is shorter.
package func timeWords(_ nanoseconds: Double, signed: Bool = false) -> String {
    let (value, unit): (Double, String) =
        switch abs(nanoseconds) {
        case ..<9999.5: (nanoseconds, "ns")
        case ..<9_999_500: (nanoseconds / 1000, "µs")
        default: (nanoseconds / 1_000_000, "ms")
        }
    let digits = abs(value) < 9.95 ? "\((value * 10).rounded() / 10)" : "\(Int(value.rounded()))"
    let number = digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
    let sign = signed && value > 0 && number != "0" ? "+" : ""
    return "\(sign)\(number == "-0" ? "0" : number) \(unit)"
}

extension Estimate {
    /// The interval for people.
    var intervalWords: String { "\(timeWords(low, signed: true)) to \(timeWords(high, signed: true))" }
}

extension TimingVerdict {
    /// The name in files.
    var code: String {
        switch self {
        case .leak: "leak"
        case .noLeak: "no-leak"
        case .inconclusive: "inconclusive"
        }
    }

    /// The verdict for people. "Constant time" is never part of it.
    package var words: String {
        switch self {
        case .leak(let leak): leak.words
        case .noLeak(let bound): "no leak above \(timeWords(bound))"
        case .inconclusive(let doubt): "inconclusive: \(doubt.words)"
        }
    }
}

extension TimingVerdict.Leak {
    fileprivate var words: String {
        let estimate = found.estimate
        var text =
            "leak: \(timeWords(estimate.effect, signed: true)) (\(estimate.intervalWords)) for '\(found.name)', "
            + "confirmed in an independent run"
        if let position { text += "; it shows from symbol \(position) on" }
        switch (shape, nanosecondsPerSymbol) {
        case (.linear, let slope?): text += ", \(timeWords(slope)) for each right symbol"
        case (.step, _): text += ", in one step"
        default: break
        }
        switch size {
        case .above: text += "; larger than what matters"
        case .around: text += "; about as large as what matters"
        case .below: text += "; smaller than what matters"
        case nil: break
        }
        return text
    }
}

extension TimingDoubt {
    /// The name in files.
    var code: String {
        switch self {
        case .tooWide: "too-wide"
        case .noThreshold: "no-threshold"
        case .repetitionDiffers: "repetition-differs"
        case .delayLost: "delay-lost"
        case .notConfirmed: "not-confirmed"
        case .otherAnswers: "other-answers"
        case .accepted: "accepted"
        case .undecided: "undecided"
        case .lengths: "lengths"
        case .limited: "limited"
        case .connections: "connections"
        case .unanswered: "unanswered"
        case .clock: "clock"
        case .budget: "budget"
        case .interrupted: "interrupted"
        }
    }

    /// The reason for people.
    var words: String {
        switch self {
        case .tooWide(let bound, let tuples, let needed):
            "a leak of up to \(timeWords(bound)) can't be ruled out with \(tuples) tuples; about \(needed) would do"
        case .noThreshold(let bound, let tuples):
            "a leak of up to \(timeWords(bound)) can't be ruled out with \(tuples) tuples, and no smallest leak that "
                + "matters was named"
        case .repetitionDiffers: "requests of the same kind took different times, in two runs: the path favours some"
        case .delayLost(let applied, let measured):
            "a delay of \(timeWords(applied)) before sending was measured as \(timeWords(measured)): something on the "
                + "way, such as a proxy, absorbs time"
        case .notConfirmed(let name): "an effect for '\(name)' did not show again in an independent run"
        case .otherAnswers(let name):
            "'\(name)' is answered in another way, so that the times compare nothing; that is a finding of its own"
        case .accepted: "a request with a wrong signature was accepted"
        case .undecided: "the answers show neither acceptance nor rejection"
        case .lengths: "requests that should differ only in their signature have different lengths"
        case .limited: "the target limits the rate of requests"
        case .connections:
            "the target closes its connections after a few requests, and times on new ones compare nothing"
        case .unanswered: "requests got no answer"
        case .clock: "the clock is too coarse for these times"
        case .budget(let fewest): "the budget does not suffice; the least is \(fewest) requests"
        case .interrupted(nil, let tuples): "interrupted after \(tuples) tuples, too few to say anything"
        case .interrupted(let bound?, let tuples):
            "interrupted after \(tuples) tuples; a leak of up to \(timeWords(bound)) can't be ruled out by these"
        }
    }
}
