internal import ReportModel
internal import Transport

extension Flaw {
    static let rejectionNeverEnds = Flaw(
        "rejection-never-ends", covers: ["J10"], caughtBy: ["contract/*", "signature/*"],
        "It never finishes a refusal.",
        explanation:
            "Your endpoint sets the status of a refusal and never sends it: each wrong signature holds a connection."
    ) { $0.refuses = { _, _ in .hang } }
}
