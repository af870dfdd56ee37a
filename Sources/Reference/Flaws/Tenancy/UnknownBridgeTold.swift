internal import Catalogue
internal import ReportModel
internal import Transport

extension Flaw {
    static let unknownBridgeTold = Flaw(
        "unknown-bridge-told", covers: ["J04"], needs: [.only(["scaiwave"])],
        caughtBy: ["tenancy/unknown-looks-alike"],
        "It answers 404 at the path of a bridge that is not there, before it verifies.",
        explanation: "Your endpoint tells strangers which bridges there are."
    ) { $0.answersAbsent = { _ in .problem(404, "bridge not found") } }
}
