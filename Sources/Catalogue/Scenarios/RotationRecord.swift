/// What was seen of the secrets of a bridge while they were replaced, once or twice in a row.
public struct RotationRecord: Sendable {
    /// One request under one secret. The current secret was accepted next to it, or it would not stand here.
    public struct Sample: Sendable {
        /// How long ago its secret had been replaced, in seconds of the target's clock: at least, and at most.
        public let age: ClosedRange<Double>
        /// What came back.
        public let reception: Reception

        /// Creates a sample.
        public init(age: ClosedRange<Double>, _ reception: Reception) {
            self.age = age
            self.reception = reception
        }
    }

    /// The answers under each new secret as soon as it was there, each over a connection of its own.
    public var atOnce: [Reception] = []
    /// The answer under the first secret as soon as it was replaced.
    public var oldAtOnce: Reception?
    /// The answers to requests with signatures under the first and the newest secret; none where there is room for one.
    public var bothSignatures: [Reception] = []
    /// Requests under the secret that was replaced last, in their order.
    public var previous: [Sample] = []
    /// Requests under the secret before that one, since it is the one before; empty after a single replacement.
    public var oldest: [Sample] = []

    /// Creates an empty record.
    public init() {}

    /// For how long the secret that was replaced last stayed good: accepted at the lower bound, refused at the upper.
    ///
    /// - Returns: `nil` when it was never accepted, or never refused afterwards.
    public var grace: ClosedRange<Double>? {
        guard let last = previous.last(where: \.reception.isAccepted)?.age.lowerBound,
            let first = previous.first(where: { $0.age.lowerBound > last && $0.reception.isRejected })?.age.upperBound
        else { return nil }
        return last...first
    }
}
