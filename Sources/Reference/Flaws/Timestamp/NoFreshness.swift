internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let noFreshness = Flaw(
        "no-freshness", covers: ["E01", "E16"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It never looks how old a request is.",
        explanation:
            "Your endpoint verifies the timestamp's signature, and never compares the timestamp with the clock."
    ) { $0.judgesAge { _, _, _, _ in nil } }
}
