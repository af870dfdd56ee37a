internal import Catalogue
internal import ReportModel

extension Flaw {
    static let unknownBridgeChanged = Flaw(
        "unknown-bridge-changed", covers: ["J04"], needs: [.only(["vaultysclaw"])], caughtBy: ["lifecycle/unknown-404"],
        "It answers that it changed a bridge which is not there.",
        explanation: "Your endpoint confirms a change although it found no bridge with that id."
    ) { $0.rules.missesUnknown = false }
}
