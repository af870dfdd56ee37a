internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let missingTimestampAccepted = Flaw(
        "missing-timestamp-accepted", covers: ["A02", "E02"], needs: [.timestamp, .timestampHeader],
        caughtBy: ["presence/no-timestamp-header"], "It verifies only requests that have a timestamp header.",
        explanation: "Your endpoint lets in requests without a timestamp header, whatever their signature is."
    ) { $0.letsIn { reason, _ in reason == .timestampMissing } }
}
