internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let notANumberAccepted = Flaw(
        "not-a-number-accepted", covers: ["E04"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It accepts timestamps that are no numbers.",
        explanation:
            "Your endpoint compares a timestamp that is not a number, which is never too old and never too far ahead."
    ) { $0.forgives(.timestampMalformed) }
}
