internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let base64BodyDecoded = Flaw(
        "base64-body-decoded", covers: ["D20"], needs: [.signedBody], caughtBy: ["body/as-base64"],
        "It decodes a body that looks like Base64 before it verifies it.",
        explanation: "Your endpoint decodes a body that looks like Base64 before it verifies it."
    ) { $0.sees { request in request.body = Base64.decode(request.body) ?? request.body } }
}
