internal import Bytes
internal import Catalogue
internal import Schemes
internal import Transport

/// What the shared secret of a run tells about requests.
struct SecretCheck: SignatureCheck {
    private let secret: Secret
    private let verifier: Verifier
    /// Knows the secret that signs no more, or signs for another receiver.
    private let other: Verifier?
    private let forms: [[UInt8]]

    /// Creates a check.
    ///
    /// - Parameter replacement: the secret that replaced that of the run, or that is used in its place.
    init(_ configuration: RunConfiguration, replacement: Secret? = nil) {
        func verifier(_ secrets: [Secret]) -> Verifier {
            Verifier(
                scheme: configuration.scheme, secrets: secrets, credentials: configuration.credentials, freshness: nil)
        }
        secret = replacement ?? configuration.secret
        self.verifier = verifier((replacement.map { [$0] } ?? []) + [configuration.secret])
        other = replacement == nil ? nil : verifier([configuration.secret])
        let secrets = [secret] + (replacement == nil ? [] : [configuration.secret])
        // Shorter texts appear by chance.
        forms = secrets.flatMap { [$0.text, $0.key] }.flatMap {
            [$0, Hex.encode($0), Base64.encode($0), Base64.encode($0, alphabet: .url)]
        }.filter { $0.count >= 8 }
    }

    func verdict(on arrival: Arrival) -> Verdict { verifier.verify(arrival.request, now: arrival.unixTime) }

    func isSignedWithOtherSecret(_ arrival: Arrival) -> Bool {
        other?.verify(arrival.request, now: arrival.unixTime).isAccepted ?? false
    }

    func isSigned(_ arrival: Arrival, over message: [UInt8]) -> Bool {
        let rule = verifier.scheme.signature
        guard let header = arrival.request.headers.values(named: rule.header).first,
            let read = SignatureHeader(of: verifier.scheme).read(header)
        else { return false }
        return read.candidates.contains(rule.encoding.encode(rule.algorithm.sign(message, key: secret.key)))
    }

    func holdsSecret(_ bytes: [UInt8]) -> Bool { forms.contains { ASCII.firstRange(of: $0, in: bytes) != nil } }
}
