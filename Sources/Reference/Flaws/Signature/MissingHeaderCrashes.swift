internal import ReportModel

extension Flaw {
    static let missingHeaderCrashes = Flaw(
        "missing-header-crashes", covers: ["B13", "J09"], caughtBy: ["presence/*"],
        "It fails with an exception when the signature header is missing.",
        explanation: "Your endpoint uses the signature header before it looks whether there is one."
    ) { behaviour in
        behaviour.crashes(
            .trace(
                "TypeError: Cannot read properties of undefined (reading 'replace')", "verify (/app/src/hook.js:12:33)")
        ) { $0.signatureHeader == nil }
    }
}
