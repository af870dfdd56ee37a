internal import Catalogue
internal import ReportModel

extension Flaw {
    static let createUnchecked = Flaw(
        "create-unchecked", covers: ["A06"], needs: [.only(["vaultysclaw"])],
        caughtBy: ["lifecycle/create-invalid", "lifecycle/create-unknown-service"],
        "It makes a bridge of whatever it is sent.",
        explanation: "Your endpoint makes bridges without the members that they must have."
    ) { $0.rules.checksMembers = false }
}
