internal import Bytes
internal import Platform
package import Schemes
package import Transport

/// The decisions of the sender, one closure each. As written here, they are sound; a flaw replaces one of them.
package struct SendingBehaviour: Sendable {
    /// How one attempt ended.
    package enum Outcome: Sendable {
        /// With an answer.
        case answered(HTTPResponse)
        /// Without one.
        case unanswered
        /// Without a connection.
        case refused
    }

    /// What is sent again and when; that of the scheme's document, or the default.
    package let rule: DeliveryRule

    /// The id of a delivery at an attempt: the same for all. The first attempt has number 1.
    var eventID: @Sendable (_ event: String, _ attempt: Int) -> String = { event, _ in event }

    /// The time that an attempt is signed for, in Unix seconds: the time at which it is sent.
    var signingTime: @Sendable (_ first: Int64, _ now: Int64) -> Int64 = { $1 }

    /// Changes the draft of an attempt: not at all.
    var edit: @Sendable (inout Draft, _ attempt: Int) -> Void = { _, _ in }

    /// The lines that an attempt has beside those of the event; the first attempt has number 1.
    var attemptHeaders: @Sendable (DeliveryRule, _ attempt: Int) -> [HeaderField] = { rule, attempt in
        guard attempt > 1 else { return [] }
        return rule.retryHeaders.map { HeaderField($0.name, $0.value(retry: attempt - 1) ?? "http_error") }
    }

    /// Whether a status means that the delivery is done.
    var isDone: @Sendable (Int, HTTPResponse) -> Bool

    /// How long to wait before the next attempt, in seconds of the schedule; `nil` sends nothing more.
    var wait: @Sendable (_ attempt: Int, Outcome) -> Double?

    /// How long an answer asks to wait before the next attempt, in seconds of the clock.
    var asked: @Sendable (Outcome, _ now: Int64) -> Double = Self.soundlyAsked

    /// How many redirects are followed, and whether to another origin too.
    var redirects: (most: Int, toOtherOrigins: Bool) = (0, false)

    /// The seconds for a whole exchange; `nil` for no limit.
    var timeout: Double?

    /// The most bytes of an answer that are read.
    var readLimit = 64 * 1024

    /// Whether a delivery waits until the one before is done.
    var isSerial = false

    /// How long the first, second, … event waits before it is sent, in seconds.
    var delay: @Sendable (_ event: Int) -> Double = { _ in 0 }

    /// Whether a host is inside its own machine or network, where nothing is delivered.
    var isInside: @Sendable (_ host: String) -> Bool = { InsideAddress.isInside(Socket.dotted($0) ?? $0) }

    /// The secret that signs for another registration: its own.
    var secretOfAnother: @Sendable (_ first: Secret, _ own: Secret) -> Secret = { $1 }

    /// The secret that signs once it was replaced: the new one.
    var secretAfterRotation: @Sendable (_ old: Secret, _ new: Secret) -> Secret = { $1 }

    /// The key that signs once the secret was replaced: that of the secret.
    var keyAfterRotation: @Sendable ([UInt8]) -> [UInt8] = { $0 }

    /// What is not checked of a receiver's certificate: nothing.
    var trust: @Sendable (inout TLSOptions) -> Void = { _ in }

    /// Whether a delivery whose handshake failed is sent without TLS.
    var fallsBackToHTTP = false

    /// Creates the sound behaviour for a scheme.
    package init(scheme: Scheme) {
        let rule = scheme.deliveryOrDefault
        self.rule = rule
        isDone = { status, _ in rule.success.contains(status) }
        wait = { Self.soundWait(rule, attempt: $0, $1) }
        redirects = (rule.redirects, false)
        timeout = Double(rule.timeout?.upperBound ?? 15)
    }

    /// Waits as documented.
    static func soundWait(_ rule: DeliveryRule, attempt: Int, _ outcome: Outcome) -> Double? {
        let retry: DeliveryRule.Retry?
        switch outcome {
        case .unanswered, .refused: retry = rule.retryWithoutAnswer
        case .answered(let answer):
            guard !rule.stops.contains(answer.status), !optsOut(answer, rule) else { return nil }
            retry = rule.retry(after: answer.status)
        }
        guard let retry, attempt < retry.attempts ?? mostAttempts else { return nil }
        let documented = rule.wait(before: attempt + 1).map(Double.init) ?? 5 * Double(1 << min(attempt - 1, 10))
        if let seconds = retry.seconds, rule.schedule.isEmpty, 5 * Double(1 << min(attempt, 10)) > Double(seconds) {
            return nil
        }
        return documented
    }

    /// Whether an answer declines further attempts.
    private static func optsOut(_ answer: HTTPResponse, _ rule: DeliveryRule) -> Bool {
        guard let line = rule.optOut else { return false }
        return answer.headers.values(named: line.name).contains { value in
            line.value.map { Array($0.utf8) == value } ?? true
        }
    }

    /// What a single `Retry-After` says, in seconds or as a date (RFC 9110 §10.2.3), where that is an hour at most.
    static func soundlyAsked(_ outcome: Outcome, now: Int64) -> Double {
        guard case .answered(let answer) = outcome else { return 0 }
        let values = answer.headers.values(named: "Retry-After")
        guard values.count == 1 else { return 0 }
        let seconds = ASCII.decimal(values[0]).map { Int64(clamping: $0) } ?? HTTPDate.parse(values[0]).map { $0 - now }
        return seconds.map { (0...longestAsked).contains($0) ? Double($0) : 0 } ?? 0
    }

    /// A receiver that asks for more is not believed.
    private static let longestAsked: Int64 = 3600

    /// Where the document states no number.
    private static let mostAttempts = 10
}
