internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let serviceURLStartsWith = Flaw(
        "service-url-starts-with", covers: ["I05"], needs: [.token], caughtBy: ["token/service-url-longer"],
        "It accepts a service URL that only begins like the one of the body.",
        explanation: "Your endpoint asks whether the service URL of the token begins with that of the body."
    ) { behaviour in
        behaviour.overlooks(.bindingWrong) { token, request in
            guard let sent = (try? JSON.parse(request.body))?["serviceUrl"]?.string, !sent.isEmpty else { return false }
            return token.claims["serviceurl"]?.string?.hasPrefix(sent) == true
        }
    }
}
