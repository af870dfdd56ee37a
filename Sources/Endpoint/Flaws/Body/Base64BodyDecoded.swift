internal import Bytes
internal import Catalogue
internal import Schemes

extension Flaw {
    static let base64BodyDecoded = Flaw(
        "base64-body-decoded", covers: ["D20"], needs: [.signedBody], caughtBy: ["body/*"],
        "It also verifies what a body in Base64 decodes to.",
        explanation: "Your endpoint decodes a body that looks like Base64 before it verifies it."
    ) { behaviour in
        behaviour.alsoSigns { values in
            guard let body = Base64.decode(values.body) else { return nil }
            var others = values
            others.body = body
            return others
        }
        behaviour.isUsable = { _, _ in true }
    }
}
