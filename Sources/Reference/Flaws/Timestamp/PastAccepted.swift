internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let pastAccepted = Flaw(
        "past-accepted", covers: ["E01"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It accepts requests however old they are.",
        explanation: "Your endpoint checks that a request is not from the future, but not that it is not too old."
    ) { $0.judgesAge { _, _, _, sound in sound == .tooOld ? nil : sound } }
}
