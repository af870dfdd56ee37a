internal import Bytes
internal import Schemes

/// One scheme as the endpoint serves it: what all of its bridges have in common.
final class Service: Sendable {
    /// The grace period of a replaced secret when neither the document nor the user sets one, in seconds.
    static let usualGrace = 300
    /// How long a delivery is remembered when neither sets a time, in seconds.
    static let usualWindow = 600

    let scheme: Scheme
    let behaviour: Behaviour
    /// The value of each credential that the scheme names.
    let credentials: [String: [UInt8]]
    /// How long a replaced secret stays valid, in seconds.
    let grace: Int64
    /// How long a delivery is remembered, in seconds; 0 for never.
    let window: Int64
    /// Whether no flaw applies, so that the strict verifier decides.
    let isSound: Bool
    /// The verifier that decides where a flaw applies.
    let stepped: SteppedVerifier
    /// A verifier with a secret that nobody has.
    let unknown: Verifier

    init(
        _ scheme: Scheme, flaws: [Flaw], credentials: [String: [UInt8]], grace: Int?, window: Int?
    ) {
        self.scheme = scheme
        self.credentials = credentials
        self.grace = Int64(grace ?? scheme.rotation?.grace ?? Self.usualGrace)
        self.window = window.map(Int64.init) ?? Self.soundWindow(scheme)
        // Generating an RSA key would take longer than everything else here together.
        let rule = scheme.signature.secret
        let unknowable = rule.decoding == .pem ? nil : try? Secret(rule.freshSecret(), rule: rule)
        unknown = Verifier(scheme: scheme, secrets: [unknowable].compactMap(\.self), credentials: credentials)
        var behaviour = Behaviour(scheme: scheme)
        let flaws = flaws.filter { $0.applies(to: scheme) }
        for flaw in flaws { flaw.apply(&behaviour) }
        self.behaviour = behaviour
        stepped = SteppedVerifier(scheme: scheme, credentials: credentials, steps: behaviour.steps)
        isSound = flaws.isEmpty
    }

    /// Returns a strict verifier with other secrets.
    func verifier(_ secrets: [Secret]) -> Verifier {
        Verifier(scheme: scheme, secrets: secrets, credentials: credentials)
    }

    /// The documented time, and no less than the time for which a timestamp stays valid: a request stamped as far ahead
    /// as allowed is accepted until it has crossed the whole window (F08).
    private static func soundWindow(_ scheme: Scheme) -> Int64 {
        let lifetime = scheme.freshness.map { $0.past + ($0.future ?? $0.past) } ?? 0
        return max(Int64(scheme.replayWindow ?? usualWindow), lifetime)
    }
}
