internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let base64CaseIgnored = Flaw(
        "base64-case-ignored", covers: ["B09"], needs: [.hmac, .encoding(.base64)], caughtBy: ["signature/*"],
        "It compares Base64 without regard to case.",
        explanation: "Your endpoint ignores the case of Base64, where each letter's case is part of the signature."
    ) { behaviour in
        behaviour.alsoMatches { text, right, scheme in
            ASCII.equalsIgnoringCase(text, scheme.signature.encoding.encode(right))
        }
    }
}
