internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let bodyOnlySignatureAccepted = Flaw(
        "body-only-signature-accepted", covers: ["A12", "E03"], needs: [.timestamp],
        caughtBy: ["algorithm/signed-body", "timestamp/not-in-message"],
        "It falls back to a signature over the body alone.",
        explanation:
            "Your endpoint also accepts a signature over the body alone, which says nothing of when it was made."
    ) { behaviour in
        behaviour.alsoAccepts { values, key, scheme in [scheme.signature.algorithm.sign(values.body, key: key)] }
    }
}
