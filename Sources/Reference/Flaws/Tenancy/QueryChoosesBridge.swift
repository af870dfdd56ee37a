internal import ReportModel
internal import Transport

extension Flaw {
    static let queryChoosesBridge = Flaw(
        "query-chooses-bridge", covers: ["I02"], caughtBy: ["tenancy/query-names-other"],
        "It lets the query choose the bridge in which a request takes effect.",
        explanation: "Your endpoint verifies for one bridge and acts in another, which the query names."
    ) { behaviour in
        let names = ["bridge_id", "bridgeId", "tenantId", "tenant_id", "workspace"]
        behaviour.routes { received, _ in names.compactMap { received.request.query($0) } }
    }
}
