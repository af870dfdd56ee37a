internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let negativeSkips = Flaw(
        "negative-skips", covers: ["E11"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It skips the check of the age for negative timestamps.",
        explanation: "Your endpoint checks the age of positive timestamps only."
    ) { behaviour in
        behaviour.alsoReadsTimestamps(Java.parseLong)
        behaviour.judgesAge { timestamp, _, _, sound in timestamp < 0 ? nil : sound }
    }
}
