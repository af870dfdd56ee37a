internal import ReportModel
internal import Transport

extension Flaw {
    static let rejectionCutOff = Flaw(
        "rejection-cut-off", covers: ["J09", "J10"], caughtBy: ["contract/*", "signature/*"],
        "It closes the connection on a wrong signature, without an answer.",
        explanation: "Your endpoint drops the connection on a wrong signature, which a sender takes for a crash."
    ) { $0.refuses = { _, _ in .close } }
}
