internal import Catalogue
internal import ReportModel

extension Flaw {
    static let outgoingOnlyTaken = Flaw(
        "outgoing-only-taken", covers: ["H06"], needs: [.only(["vaultysclaw"])],
        caughtBy: ["lifecycle/outgoing-only"],
        "It takes messages for a bridge that only sends.",
        explanation: "Your endpoint takes messages at a bridge that was made for sending only."
    ) { $0.takesInSpite { $0.direction = .both } }
}
