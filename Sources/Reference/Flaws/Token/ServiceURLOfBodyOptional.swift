internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let serviceURLOfBodyOptional = Flaw(
        "service-url-of-body-optional", covers: ["I05"], needs: [.token],
        caughtBy: ["token/service-url-of-body-missing"],
        "It compares the service URL only where the body has one.",
        explanation: "Your endpoint accepts a body without serviceUrl whatever the token says."
    ) { $0.overlooks(.bindingWrong) { _, request in (try? JSON.parse(request.body))?["serviceUrl"] == nil } }
}
