package import Schemes
package import Transport

/// What a sender is judged by: how the receiver answers a delivery, for how long it watches, and what must arrive.
package struct SenderProcedure: Sendable {
    /// The answers to the first, second, … attempt; the last one repeats.
    package let answers: @Sendable (DeliveryRule) -> [StagedAnswer]
    /// How many deliveries are triggered, each with an address of its own.
    package let deliveries: Int
    /// How long the receiver watches each delivery.
    package let watch: @Sendable (DeliveryRule) -> Watch
    /// What of traffic that was recorded without it can be judged.
    package let replay: Replay
    /// Under which circumstances it is put.
    package let setting: Setting
    /// Judges what arrived. It throws a `Finding` when the sender is at fault, and an `Obstacle` when that can't be
    /// told.
    package let judge: @Sendable (SenderObservation) throws -> Void

    /// The circumstances of a delivery.
    package enum Setting: Sendable, Hashable {
        /// The usual ones.
        case usual
        /// A receiver with this in its handshake; a good one received a delivery just before. No attempt may arrive.
        case tls(TLSOffer)
        /// The port of the receiver is closed at first. A usual delivery comes before, which shows how long one
        /// takes.
        case closedPort
        /// Two events, the second one while the first waits for its answer.
        case overlapping
        /// Several events, one right after the other.
        case inTurn
        /// To an address inside the sender's machine; a usual one received a delivery just before. No attempt may arrive.
        case internalAddress(InternalAddress)
        /// For another registration, with a secret of its own.
        case secondRegistration
        /// Right after the secret was replaced.
        case withinGrace
        /// After the grace for the replaced secret.
        case afterGrace
    }

    /// For how many seconds of ours it watches at most, in a scheme.
    package func longest(in scheme: Scheme, at pace: SenderPace) -> Double {
        let wait = setting == .afterGrace ? Double(scheme.rotation?.grace ?? 0) + Self.margin : 0
        return pace.longest(watch(scheme.deliveryOrDefault)) + wait / pace.schedule
    }

    /// Clocks count whole seconds: this long after a grace it is over for certain.
    package static let margin = 5.0

    /// What of recorded traffic a case judges.
    package enum Replay: Sendable, Hashable {
        /// Nothing: what it judges follows an answer that it chooses.
        case needsStagedAnswer
        /// Each request by itself.
        case requests
        /// Two events.
        case events
        /// So many attempts at one delivery or more, whatever they were answered.
        case attempts(Int)
        /// So many attempts at one delivery or more, each of which failed, but for the last.
        case failedAttempts(Int)
    }

    /// How long a receiver watches a delivery, by the sender's schedule.
    package struct Watch: Sendable, Hashable {
        /// How many attempts are awaited.
        package let attempts: Int
        /// For how many seconds after the first attempt they are awaited.
        package let within: Double
        /// For how many more seconds, which are counted by the sender's clock: an answer asks for them.
        package let asked: Double
        /// For how many seconds after the last one the receiver goes on watching, to see that no other follows.
        package let thenQuietFor: Double
        /// Whether it ends as soon as the sender closes the connection of an answer that does not end.
        package let endsWithAnswer: Bool

        /// Creates a watch.
        package init(
            attempts: Int = 1, within: Double = 0, asked: Double = 0, thenQuietFor: Double = 0,
            endsWithAnswer: Bool = false
        ) {
            self.attempts = attempts
            self.within = within
            self.asked = asked
            self.thenQuietFor = thenQuietFor
            self.endsWithAnswer = endsWithAnswer
        }
    }
}

/// What arrived at the receiver for one case.
package struct SenderObservation: Sendable {
    /// How requests are signed.
    package let scheme: Scheme
    /// What the document says of sending; the defaults where it says nothing.
    package let rule: DeliveryRule
    /// The attempts of each delivery, in order of arrival. Each has at least one, except where a handshake had to fail.
    package let deliveries: [[Arrival]]
    /// What arrived where a redirect led.
    package let redirected: [Arrival]
    /// How the handshakes with a faulty receiver ended.
    package let handshakes: [HandshakeEnd]
    /// How fast the sender's time passes.
    package let pace: SenderPace
    private let check: any SignatureCheck

    /// Creates an observation.
    package init(
        scheme: Scheme, rule: DeliveryRule, deliveries: [[Arrival]], redirected: [Arrival],
        handshakes: [HandshakeEnd] = [], pace: SenderPace, check: any SignatureCheck
    ) {
        self.scheme = scheme
        self.rule = rule
        self.deliveries = deliveries
        self.redirected = redirected
        self.handshakes = handshakes
        self.pace = pace
        self.check = check
    }

    /// The attempts of the first delivery.
    var attempts: [Arrival] { deliveries[0] }

    /// The first attempt of the first delivery.
    var first: Arrival { deliveries[0][0] }

    /// The waits between the attempts of the first delivery, in seconds of the sender's schedule.
    var waits: [Double] { zip(attempts, attempts.dropFirst()).map { ($1.time - $0.time) * pace.schedule } }

    /// The seconds of the sender's clock from one attempt to another.
    func clockTime(from first: Arrival, to second: Arrival) -> Double { (second.time - first.time) * pace.clock }

    /// The verdict on an attempt: whether it is signed as the document says.
    func verdict(on arrival: Arrival) -> Verdict { check.verdict(on: arrival) }

    /// Whether bytes hold the shared secret in some encoding.
    func holdsSecret(_ bytes: [UInt8]) -> Bool { check.holdsSecret(bytes) }

    /// Whether an attempt verifies under the secret that was replaced, or under that of the first registration.
    func isSignedWithOtherSecret(_ arrival: Arrival) -> Bool { check.isSignedWithOtherSecret(arrival) }

    /// Whether a signature of an attempt is one of these bytes.
    func isSigned(_ arrival: Arrival, over message: [UInt8]) -> Bool { check.isSigned(arrival, over: message) }
}

/// What takes the shared secret to tell.
package protocol SignatureCheck: Sendable {
    /// The verdict of the strict verifier at the time of arrival, without limits for the age of a timestamp.
    func verdict(on arrival: Arrival) -> Verdict

    /// Whether a signature in a request is one of these bytes.
    func isSigned(_ arrival: Arrival, over message: [UInt8]) -> Bool

    /// Whether bytes hold the shared secret, as it is or in a usual encoding.
    func holdsSecret(_ bytes: [UInt8]) -> Bool

    /// Whether a request verifies under the secret that was replaced, or under that of the first registration; false where
    /// there is no other secret.
    func isSignedWithOtherSecret(_ arrival: Arrival) -> Bool
}

extension SignatureCheck {
    /// There is no other secret.
    package func isSignedWithOtherSecret(_ arrival: Arrival) -> Bool { false }
}
