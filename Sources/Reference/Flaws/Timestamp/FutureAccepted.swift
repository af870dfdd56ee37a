internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let futureAccepted = Flaw(
        "future-accepted", covers: ["E07"], needs: [.timestamp], caughtBy: ["timestamp/future-*"],
        "It accepts requests from the future.",
        explanation: "Your endpoint checks that a request is not too old, but not that it is not from the future."
    ) { $0.judgesAge { _, _, _, sound in sound == .tooFarAhead ? nil : sound } }
}
