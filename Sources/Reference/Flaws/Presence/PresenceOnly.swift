internal import ReportModel

extension Flaw {
    static let presenceOnly = Flaw(
        "presence-only", covers: ["A03"], caughtBy: ["presence/*", "signature/*"],
        "It looks only whether the signature header is there.",
        explanation: "Your endpoint looks whether there is a signature header, and never at what it says."
    ) { $0.letsIn { _, received in received.signatureHeader?.isEmpty == false } }
}
