internal import Catalogue
internal import ReportModel

extension Flaw {
    static let lengthMismatchCrashes = Flaw(
        "length-mismatch-crashes", covers: ["B02", "J09"], needs: [.hmac], caughtBy: ["signature/*"],
        "Its process ends on a signature of another length.",
        explanation:
            "Your endpoint hands texts of different lengths to a comparison that throws, and nobody catches it."
    ) { $0.crashes(.death) { received in received.signatures.contains { $0.count != received.signatureLength } } }
}
