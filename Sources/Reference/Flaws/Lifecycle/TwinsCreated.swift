internal import Catalogue
internal import ReportModel

extension Flaw {
    static let twinsCreated = Flaw(
        "twins-created", covers: ["H06"], needs: [.only(["vaultysclaw"])], caughtBy: ["lifecycle/create-twice"],
        "It makes a second bridge for a place that has one.",
        explanation: "Your endpoint makes two bridges for one place, each with a secret that opens it."
    ) { $0.rules.refusesTwins = false }
}
