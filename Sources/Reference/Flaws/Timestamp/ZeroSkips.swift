internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let zeroSkips = Flaw(
        "zero-skips", covers: ["E11"], needs: [.timestamp], caughtBy: ["timestamp/zero"],
        "It takes a timestamp of zero for none, and skips the check of its age.",
        explanation: "Your endpoint skips the check of the age when the timestamp is 0, which is false in its language."
    ) { $0.judgesAge { timestamp, _, _, sound in timestamp == 0 ? nil : sound } }
}
