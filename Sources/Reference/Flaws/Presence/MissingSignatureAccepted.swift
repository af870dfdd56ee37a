internal import ReportModel
internal import Schemes

extension Flaw {
    static let missingSignatureAccepted = Flaw(
        "missing-signature-accepted", covers: ["A02"],
        caughtBy: ["presence/no-signature-and-no-timestamp", "presence/no-signature-header"],
        "It verifies only requests that have a signature header.",
        explanation: "Your endpoint verifies a signature that is there, and lets in requests that have none."
    ) { $0.forgives(.signatureMissing) }
}
