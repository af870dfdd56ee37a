internal import ReportModel

extension Flaw {
    static let environmentHeaderTrusted = Flaw(
        "environment-header-trusted", covers: ["A10"],
        caughtBy: [
            "presence/switch-header-environment", "presence/switch-header-internal", "presence/switch-header-mock",
        ],
        "It skips the verification when a header names another environment.",
        explanation: "Your endpoint lets the sender say that this is no production, and then verifies nothing."
    ) { behaviour in
        behaviour.letsIn { _, received in
            ["X-Environment", "X-Mock", "X-Internal-Request"].contains { received.header($0) != nil }
        }
    }
}
