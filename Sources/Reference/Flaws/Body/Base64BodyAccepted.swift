internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let base64BodyAccepted = Flaw(
        "base64-body-accepted", covers: ["D20"], needs: [.signedBody], caughtBy: ["body/signature-of-base64"],
        "It also verifies the Base64 of the body.",
        explanation: "Your endpoint verifies the body as a gateway wrapped it, in Base64, and not only as it was sent."
    ) { behaviour in
        behaviour.alsoSigns { values in
            var others = values
            others.body = Base64.encode(values.body)
            return others
        }
    }
}
