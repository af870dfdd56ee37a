internal import ReportModel

extension Flaw {
    static let emptyHeaderAccepted = Flaw(
        "empty-header-accepted", covers: ["A03"], caughtBy: ["presence/empty-signature-header"],
        "It takes an empty signature header for a good one.",
        explanation: "Your endpoint skips the verification when the signature header is there but empty."
    ) { $0.letsIn { _, received in received.signatureHeader == [] } }
}
