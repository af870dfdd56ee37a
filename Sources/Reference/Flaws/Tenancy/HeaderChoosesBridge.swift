internal import ReportModel

extension Flaw {
    static let headerChoosesBridge = Flaw(
        "header-chooses-bridge", covers: ["I02"], caughtBy: ["tenancy/header-names-other"],
        "It lets a header that is not signed choose the bridge in which a request takes effect.",
        explanation:
            "Your endpoint verifies for one bridge and acts in another, which a header names that nobody signed."
    ) { behaviour in
        let names = ["X-Workspace-Slug", "X-Workspace-Id", "X-Bridge-Id", "X-Tenant-Id"]
        behaviour.routes { received, _ in names.compactMap { received.header($0) } }
    }
}
