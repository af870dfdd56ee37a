internal import ReportModel

/// What was seen of the secrets of a bridge while they were replaced, once or twice in a row.
package struct RotationRecord: Sendable {
    /// One request under one secret. The current secret was accepted next to it, or it would not stand here.
    package struct Sample: Sendable {
        /// How long ago its secret had been replaced, in seconds of the target's clock: at least, and at most.
        package let age: ClosedRange<Double>
        /// What came back.
        package let reception: Reception

        /// Creates a sample.
        package init(age: ClosedRange<Double>, _ reception: Reception) {
            self.age = age
            self.reception = reception
        }
    }

    /// The answers under each new secret as soon as it was there, each over a connection of its own.
    package var atOnce: [Reception] = []
    /// The answer under the first secret as soon as it was replaced.
    package var oldAtOnce: Reception?
    /// The answers to requests with signatures under the first and the newest secret; none where there is room for one.
    package var bothSignatures: [Reception] = []
    /// Requests under the secret that was replaced last, in their order.
    package var previous: [Sample] = []
    /// Requests under the secret before that one, since it is the one before; empty after a single replacement.
    package var oldest: [Sample] = []

    /// Creates an empty record.
    package init() {}

    /// For how long the secret that was replaced last stayed good: accepted at the lower bound, refused at the upper.
    ///
    /// - Returns: `nil` when it was never accepted, or never refused afterwards.
    package var grace: ClosedRange<Double>? {
        guard let last = previous.last(where: \.reception.isAccepted)?.age.lowerBound,
            let first = previous.first(where: { $0.age.lowerBound > last && $0.reception.isRejected })?.age.upperBound
        else { return nil }
        return last...first
    }
}
