internal import ReportModel
internal import Transport

extension Flaw {
    static let noVerification = Flaw(
        "no-verification", covers: ["A01"], caughtBy: ["signature/*", "body/*"],
        "It never verifies anything.",
        explanation: "Your endpoint accepts every request, signed or not: nothing calls the verifier."
    ) { $0.letsIn { _, _ in true } }
}
