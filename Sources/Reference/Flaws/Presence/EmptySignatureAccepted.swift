internal import ReportModel

extension Flaw {
    static let emptySignatureAccepted = Flaw(
        "empty-signature-accepted", covers: ["A03", "B01"], caughtBy: ["signature/empty"],
        "It takes a signature of no characters for a good one.",
        explanation: "Your endpoint accepts a signature header whose prefix or key has nothing behind it."
    ) { $0.letsIn { _, received in received.signatures.contains([]) } }
}
