internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let signatureStartsWith = Flaw(
        "signature-starts-with", covers: ["B07"], needs: [.hmac], caughtBy: ["signature/*"],
        "It looks only whether the signature starts with the right one.",
        explanation:
            "Your endpoint accepts any text behind the right signature, so that one signature has many spellings."
    ) { behaviour in
        behaviour.alsoMatches { text, right, scheme in text.starts(with: scheme.signature.encoding.encode(right)) }
    }
}
