internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let otherHeaderAccepted = Flaw(
        "other-header-accepted", covers: ["A12", "B15"], caughtBy: ["presence/other-header-*"],
        "It takes the signature from other headers as well.",
        explanation: "Your endpoint tries the signature headers of other services when its own is missing."
    ) { behaviour in
        let name = behaviour.scheme.signature.header
        let others = ["X-Signature", "X-Signature-256", "X-Hub-Signature-256", "X-Webhook-Signature", "Signature"]
        behaviour.sees { request in
            guard request.headers.first(named: name) == nil else { return }
            if let value = others.compactMap({ request.headers.first(named: $0) }).first {
                request.headers.append(name, value)
            }
        }
    }
}
