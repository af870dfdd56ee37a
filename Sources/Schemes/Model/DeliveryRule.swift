/// What a scheme's document says of the side that sends: when a delivery is done, and what follows when it is not.
package struct DeliveryRule: Sendable, Hashable {
    /// The statuses that end a delivery as done.
    package let success: StatusSet
    /// After which answers a delivery is sent again; empty when it never is.
    package let retries: [Retry]
    /// The waits before the second, third, … attempt, in seconds; empty when the document states none.
    package let schedule: [Int]
    /// The seconds without an answer after which an attempt counts as failed; `nil` when the document states none.
    package let timeout: ClosedRange<Int>?
    /// How many redirects of one attempt are followed.
    package let redirects: Int
    /// The statuses after which nothing more is sent to the receiver.
    package let stops: StatusSet
    /// Whether `Retry-After` (RFC 9110 §10.2.3) is honoured.
    package let honoursRetryAfter: Bool
    /// The line of an answer after which the delivery is not sent again; `nil` when the document names none.
    package let optOut: HeaderLine?
    /// The lines that every attempt has but the first.
    package let retryHeaders: [HeaderLine]

    /// A header line.
    package struct HeaderLine: Sendable, Hashable {
        /// The name.
        package let name: String
        /// The value, in which `{retry}` stands for the number of the retry; `nil` when the document does not say.
        package let value: String?

        /// The value of a retry; the second attempt is the first retry.
        package func value(retry: Int) -> String? { value?.replacing("{retry}", with: "\(retry)") }
    }

    /// One reason to send a delivery again.
    package struct Retry: Sendable, Hashable {
        /// What leads to another attempt.
        package let after: Failure
        /// How often a delivery is sent at most, the first attempt included; `nil` when the document does not say.
        package let attempts: Int?
        /// For how many seconds it is sent again at most; `nil` when the document does not say.
        package let seconds: Int?
    }

    /// How an attempt can fail.
    package enum Failure: Sendable, Hashable {
        /// With one of these statuses.
        case statuses(StatusSet)
        /// The receiver could not be reached, or did not answer.
        case noAnswer
    }

    /// Returns the rule for an answer with a status, or `nil` when it leads to no other attempt.
    package func retry(after status: Int) -> Retry? {
        retries.first { if case .statuses(let set) = $0.after { set.contains(status) } else { false } }
    }

    /// The rule for attempts without an answer, or `nil` when they lead to no other one.
    package var retryWithoutAnswer: Retry? { retries.first { $0.after == .noAnswer } }

    /// The wait before an attempt, in seconds; `nil` when the document does not say. The first attempt has number 1.
    package func wait(before attempt: Int) -> Int? {
        schedule.indices.contains(attempt - 2) ? schedule[attempt - 2] : schedule.last
    }
}

extension Scheme {
    /// What the document says of sending, or what holds where it says nothing: 2xx is success, nothing else is known.
    package var deliveryOrDefault: DeliveryRule {
        delivery
            ?? DeliveryRule(
                success: StatusSet([200...299]), retries: [], schedule: [], timeout: nil, redirects: 0,
                stops: StatusSet([]), honoursRetryAfter: false, optOut: nil, retryHeaders: [])
    }
}

/// Some statuses: classes such as `2xx`, and single ones.
package struct StatusSet: Sendable, Hashable {
    /// The ranges of statuses.
    package let ranges: [ClosedRange<Int>]

    /// Creates a set.
    package init(_ ranges: [ClosedRange<Int>]) { self.ranges = ranges }

    /// Whether a status is one of them.
    package func contains(_ status: Int) -> Bool { ranges.contains { $0.contains(status) } }
}

extension Scheme {
    /// Returns the scheme for a sender that is set to wait so many seconds before its second, third, … attempt, whatever
    /// the document says. Where that states no retries, 5xx and the lack of an answer lead to one.
    package func scheduled(_ waits: [Int]) -> Scheme {
        let rule = deliveryOrDefault
        let usual: [DeliveryRule.Failure] = [.statuses(StatusSet([500...599])), .noAnswer]
        let delivery = DeliveryRule(
            success: rule.success,
            retries: rule.retries.isEmpty
                ? usual.map { .init(after: $0, attempts: nil, seconds: nil) } : rule.retries,
            schedule: waits, timeout: rule.timeout, redirects: rule.redirects, stops: rule.stops,
            honoursRetryAfter: rule.honoursRetryAfter, optOut: rule.optOut, retryHeaders: rule.retryHeaders)
        return changing(eventID: eventID, payloads: payloads, handshakes: handshakes, delivery: delivery)
    }
}
