internal import ReportModel

extension Flaw {
    static let putUnsigned = Flaw(
        "put-unsigned", covers: ["K05"], caughtBy: ["transport/unsigned-put-method"],
        "It serves PUT without verifying it.",
        explanation: "Your endpoint's route takes PUT as well as POST, and verifies only the latter."
    ) { behaviour in
        behaviour.methods.append("PUT")
        behaviour.letsIn { _, received in !received.isPost }
    }
}
