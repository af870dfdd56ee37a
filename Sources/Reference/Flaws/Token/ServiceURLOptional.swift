internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let serviceURLOptional = Flaw(
        "service-url-optional", covers: ["I05"], needs: [.token],
        caughtBy: ["token/service-url-missing", "token/service-url-empty"],
        "It compares the service URL only where the token has one.",
        explanation: "Your endpoint accepts tokens without serviceurl, or with an empty one."
    ) { $0.overlooks(.bindingWrong, claim: "serviceurl") { $0 == nil || $0 == "" } }
}
