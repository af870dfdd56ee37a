internal import Catalogue
internal import ReportModel

extension Flaw {
    static let noneKeyAccepted = Flaw(
        "none-key-accepted", covers: ["A08"], needs: [.hmac], caughtBy: ["algorithm/key-none"],
        "It accepts signatures under the word None.",
        explanation: "Your endpoint turned a missing setting into the text None, and verifies with it."
    ) { $0.alsoTries(texts: ["None"]) }
}
