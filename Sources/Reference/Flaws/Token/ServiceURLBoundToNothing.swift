internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let serviceURLBoundToNothing = Flaw(
        "service-url-bound-to-nothing", covers: ["I05"], needs: [.token],
        caughtBy: ["token/service-url-other", "token/service-url-of-body-changed"],
        "It asks that both service URLs are https addresses, and not that they are the same.",
        explanation: "Your endpoint asks whether the service URLs look like addresses, and never whether they agree."
    ) { behaviour in
        behaviour.overlooks(.bindingWrong) { token, request in
            let sent = (try? JSON.parse(request.body))?["serviceUrl"]?.string
            return [sent, token.claims["serviceurl"]?.string].allSatisfy { $0?.hasPrefix("https://") == true }
        }
    }
}
