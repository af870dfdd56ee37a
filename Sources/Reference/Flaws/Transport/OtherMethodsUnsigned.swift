internal import ReportModel

extension Flaw {
    static let otherMethodsUnsigned = Flaw(
        "other-methods-unsigned", covers: ["K05"], caughtBy: ["transport/*"],
        "It verifies POST only, and serves the other methods too.",
        explanation: "Your endpoint's handler serves every method, and its guard knows POST only."
    ) { behaviour in
        behaviour.methods += ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"]
        behaviour.letsIn { _, received in !received.isPost }
        behaviour.isUsable = { _, _ in true }
    }
}
