internal import Bytes
internal import Catalogue
internal import Schemes
internal import Transport

/// What the shared secret of a run tells about requests.
struct SecretCheck: SignatureCheck {
    private let secret: Secret
    private let verifier: Verifier
    private let forms: [[UInt8]]

    init(_ configuration: RunConfiguration) {
        secret = configuration.secret
        verifier = Verifier(
            scheme: configuration.scheme, secrets: [secret], credentials: configuration.credentials, freshness: nil)
        // Shorter texts appear by chance.
        forms = [secret.text, secret.key].flatMap {
            [$0, Hex.encode($0), Base64.encode($0), Base64.encode($0, alphabet: .url)]
        }.filter { $0.count >= 8 }
    }

    func verdict(on arrival: Arrival) -> Verdict { verifier.verify(arrival.request, now: arrival.unixTime) }

    func isSigned(_ arrival: Arrival, over message: [UInt8]) -> Bool {
        let rule = verifier.scheme.signature
        guard let header = arrival.request.headers.values(named: rule.header).first,
            let read = SignatureHeader(of: verifier.scheme).read(header)
        else { return false }
        return read.candidates.contains(rule.encoding.encode(rule.algorithm.sign(message, key: secret.key)))
    }

    func holdsSecret(_ bytes: [UInt8]) -> Bool { forms.contains { ASCII.firstRange(of: $0, in: bytes) != nil } }
}
