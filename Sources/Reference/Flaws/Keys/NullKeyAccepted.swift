internal import Catalogue
internal import ReportModel

extension Flaw {
    static let nullKeyAccepted = Flaw(
        "null-key-accepted", covers: ["A08"], needs: [.hmac], caughtBy: ["algorithm/key-null"],
        "It accepts signatures under the word null.",
        explanation: "Your endpoint turned a missing setting into the text null, and verifies with it."
    ) { $0.alsoTries(texts: ["null"]) }
}
