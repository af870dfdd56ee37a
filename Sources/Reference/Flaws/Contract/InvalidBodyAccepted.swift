internal import Catalogue
internal import ReportModel

extension Flaw {
    static let invalidBodyAccepted = Flaw(
        "invalid-body-accepted", covers: ["J06"], needs: [.invalidBodyStatus], caughtBy: ["contract/*"],
        "It accepts signed bodies that lack what they must have.",
        explanation: "Your endpoint takes any signed body, also one without the members that the document requires."
    ) { $0.isUsable = { _, _ in true } }
}
