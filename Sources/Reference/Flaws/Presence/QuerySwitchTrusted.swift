internal import ReportModel
internal import Transport

extension Flaw {
    static let querySwitchTrusted = Flaw(
        "query-switch-trusted", covers: ["A10"],
        caughtBy: ["presence/switch-query-debug", "presence/switch-query-skip-verify", "presence/switch-query-test"],
        "It skips the verification when the query asks for it.",
        explanation: "Your endpoint has a query parameter for developers that switches the verification off."
    ) { behaviour in
        behaviour.letsIn { _, received in
            ["test", "debug", "skip_verify"].contains { received.request.query($0) != nil }
        }
    }
}
