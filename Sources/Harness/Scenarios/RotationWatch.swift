internal import Catalogue
internal import Platform
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Transport

/// Replaces the secret of a bridge, and sends requests under the old and the new one until the grace period ends.
struct RotationWatch {
    let session: LiveSession
    let bridge: Bridge
    private(set) var record = RotationRecord()

    /// The replaced secrets, newest last, each with the times just before and after its replacement.
    private var replaced: [(secret: Secret, at: ClosedRange<Double>)] = []

    private static let copiesAtOnce = 20
    /// How long a new secret may take to be accepted and the watch still goes on, in seconds.
    private static let longestDelay = 15
    /// How long a replaced secret is watched when the document states no grace period, in seconds.
    private static let usual = 60.0
    /// How long requests continue after the grace period, in seconds.
    private static let afterwards = 30.0
    /// The longest grace period that is awaited, in seconds.
    static let longest = 900

    init(session: LiveSession, bridge: Bridge) {
        self.session = session
        self.bridge = bridge
    }

    /// How often the secret was replaced.
    var replacements: Int { replaced.count }

    private var clock: RunClock { session.environment.clock }

    /// Replaces the secret, and immediately sends requests under both.
    mutating func replaceOnce(_ replace: () throws -> [UInt8]) throws {
        let old = session.secret(of: bridge)
        try session.environment.traffic.alone {
            let before = clock.seconds
            let text = try replace()
            session.environment.redactor.hide(text, as: "secret")
            let after = clock.seconds
            let new: Secret
            do throws(SecretError) {
                new = try Secret(text, rule: session.scheme.signature.secret)
            } catch {
                throw Obstacle("the new secret does not decode: \(error.reason)")
            }
            guard new.key != old.key else { throw Obstacle("the new secret is the old one") }
            session.environment.redactor.hide(new)
            session.note("the secret of \(bridge.name) was replaced")
            replaced.append((old, before...after))
            session.note("under the new secret, each over a new connection:")
            let answers = try (0..<Self.copiesAtOnce).map { _ in try send(under: new) }
            record.atOnce += answers
            session.note("under the secrets before it:")
            if record.oldAtOnce == nil { record.oldAtOnce = try send(under: old) }
            if replaced.count == 2 { record.oldest = [try sample(replaced[0])] }
            record.previous = [try sample(replaced[replaced.count - 1])]
            // Whatever runs concurrently needs a valid secret.
            guard try answers.contains(where: \.isAccepted) || isAcceptedLate(new) else {
                let isOldAccepted = try send(under: old).isAccepted
                throw Obstacle(
                    "the new secret was not accepted within \(Self.longestDelay) s, and the old one "
                        + "\(isOldAccepted ? "still was" : "was not either"): it may not be the secret of \(bridge.name)"
                )
            }
            session.setSecret(of: bridge, to: new)
            try sendBoth(new, replaced[0].secret)
        }
    }

    /// Whether a secret that was rejected at once is accepted some seconds later.
    private func isAcceptedLate(_ new: Secret) throws -> Bool {
        for _ in 0..<Self.longestDelay {
            try session.pause(seconds: 1)
            if try send(under: new).isAccepted { return true }
        }
        return false
    }

    /// Sends requests once a second until the grace period ends.
    /// - Parameter progress: called with what is known after each round.
    mutating func watch(_ progress: (RotationRecord) -> Void) throws {
        guard let last = replaced.last else { return }
        let grace = session.scheme.rotation?.grace.map(Double.init) ?? Self.usual
        let end = last.at.upperBound + (grace <= Double(Self.longest) ? grace + Self.afterwards : Self.usual)
        session.note("then, once a second, under each old secret and the new one:")
        try session.awaiting("the end of the grace of \(bridge.name)", seconds: end - clock.seconds) {
            while clock.seconds < end { try ask(last, progress) }
        }
    }

    /// Sends one request under each old secret and under the valid one.
    private mutating func ask(
        _ last: (secret: Secret, at: ClosedRange<Double>), _ progress: (RotationRecord) -> Void
    ) throws {
        try session.pause(seconds: 1)
        // A sample that is held up while another scenario counts its effects may miss the end of the grace period.
        if session.coordinator.countsEveryone {
            try session.environment.traffic.together { try askNow(last) }
        } else {
            try askNow(last)
        }
        progress(record)
    }

    private mutating func askNow(_ last: (secret: Secret, at: ClosedRange<Double>)) throws {
        let previous = try sample(last)
        let oldest = replaced.count == 2 ? try sample(replaced[0]) : nil
        // A rejection means nothing when the control was rejected too.
        guard try session.send(session.draft(for: bridge).signedRequest(), to: bridge).isAccepted else { return }
        record.previous.append(previous)
        if let oldest { record.oldest.append(oldest) }
    }

    private func send(under secret: Secret) throws -> Reply {
        try session.send(session.draft(for: bridge, secret: secret).signedRequest(), to: bridge)
    }

    private func sample(_ old: (secret: Secret, at: ClosedRange<Double>)) throws -> RotationRecord.Sample {
        let sent = clock.seconds
        let reply = try send(under: old.secret)
        let answered = clock.seconds
        return RotationRecord.Sample(
            age: max(0, sent - old.at.upperBound)...max(0, answered - old.at.lowerBound), reply)
    }

    /// Sends a signature under the new secret together with one under the first, valid or not, in both orders.
    private mutating func sendBoth(_ new: Secret, _ old: Secret) throws {
        guard Requirement.severalSignatures.isMet(by: session.scheme) else { return }
        session.note("with signatures under the first and the new secret, in both orders:")
        for isOldFirst in [true, false] {
            var draft = session.draft(for: bridge, secret: new)
            draft.onceSigned { parts in
                guard let place = parts.signaturePlace else { return }
                let other = SignedParts.Element(parts.elements[place].key, parts.signatureText(key: old.key))
                parts.elements.insert(other, at: isOldFirst ? place : place + 1)
            }
            record.bothSignatures.append(try session.send(draft.signedRequest(), to: bridge))
        }
    }
}
