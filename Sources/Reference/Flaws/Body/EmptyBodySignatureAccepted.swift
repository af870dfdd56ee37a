internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let emptyBodySignatureAccepted = Flaw(
        "empty-body-signature-accepted", covers: ["D05", "D18"], needs: [.signedBody], caughtBy: ["body/*"],
        "It also verifies no bytes at all in the place of the body.",
        explanation: "Your endpoint falls back to an empty body, so that one signature is good for every body."
    ) { behaviour in
        behaviour.alsoSigns { values in
            var others = values
            others.body = []
            return others
        }
    }
}
