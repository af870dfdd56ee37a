internal import ReportModel

/// What was observed of a bridge's secrets while they were rotated, once or twice in a row.
package struct RotationRecord: Sendable {
    /// One request under one secret. Only samples next to an accepted request under the current secret are kept.
    package struct Sample: Sendable {
        /// The time since its secret was replaced, in seconds of the target's clock: at least, and at most.
        package let age: ClosedRange<Double>
        /// The answer.
        package let reply: Reply

        /// Creates a sample.
        package init(age: ClosedRange<Double>, _ reply: Reply) {
            self.age = age
            self.reply = reply
        }
    }

    /// The answers under each new secret as soon as it existed, each over its own connection.
    package var atOnce: [Reply] = []
    /// The answer under the first secret as soon as it was replaced.
    package var oldAtOnce: Reply?
    /// The answers to requests with signatures under the first and the newest secret; empty when the header holds only
    /// one.
    package var bothSignatures: [Reply] = []
    /// Requests under the secret that was replaced last, in order.
    package var previous: [Sample] = []
    /// Requests under the secret before that one, since it became the one before; empty after a single rotation.
    package var oldest: [Sample] = []

    /// Creates an empty record.
    package init() {}

    /// How long the secret that was replaced last remained valid: accepted at the lower bound, rejected at the upper.
    ///
    /// - Returns: `nil` when it was never accepted, or never rejected afterwards.
    package var grace: ClosedRange<Double>? {
        guard let last = previous.last(where: \.reply.isAccepted)?.age.lowerBound,
            let first = previous.first(where: { $0.age.lowerBound > last && $0.reply.isRejected })?.age.upperBound
        else { return nil }
        return last...first
    }
}
