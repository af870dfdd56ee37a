internal import ReportModel

extension Flaw {
    static let debugHeaderTrusted = Flaw(
        "debug-header-trusted", covers: ["A10"],
        caughtBy: [
            "presence/switch-header-debug", "presence/switch-header-skip-signature", "presence/switch-header-test",
        ],
        "It skips the verification when a header asks for it.",
        explanation:
            "Your endpoint has a header for developers that switches the verification off, and anyone may send it."
    ) { behaviour in
        behaviour.letsIn { _, received in
            ["X-Test", "X-Debug", "X-Skip-Signature"].contains { received.header($0) != nil }
        }
    }
}
