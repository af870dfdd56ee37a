internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let outboundTakenInbound = Flaw(
        "outbound-taken-inbound", covers: ["I04"], needs: [.only(["scaiwave"])], caughtBy: ["tenancy/reflection"],
        "It takes its own outbound deliveries when they are sent back to it.",
        explanation:
            "Your endpoint signs and verifies with one key, and does not notice that a delivery is one of its own."
    ) { behaviour in
        let isUsable = behaviour.isUsable
        let outbound = behaviour.scheme.payload(named: "outbound")
        behaviour.isUsable = { body, payload in
            isUsable(body, payload) || outbound.map { isUsable(body, $0) } == true
        }
    }
}
