internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let undecodableAccepted = Flaw(
        "undecodable-accepted", covers: ["B06"], needs: [.hmac], caughtBy: ["signature/*"],
        "It takes a signature that does not decode for a good one.",
        explanation: "Your endpoint turns a signature that does not decode into no bytes, and finds them equal."
    ) { behaviour in
        behaviour.alsoMatches { text, _, scheme in !text.isEmpty && scheme.signature.encoding.decode(text) == nil }
    }
}
