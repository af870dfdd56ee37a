internal import Catalogue
internal import ReportModel

extension Flaw {
    static let undefinedKeyAccepted = Flaw(
        "undefined-key-accepted", covers: ["A08"], needs: [.hmac], caughtBy: ["algorithm/key-undefined"],
        "It accepts signatures under the word undefined.",
        explanation: "Your endpoint turned a missing setting into the text undefined, and verifies with it."
    ) { $0.alsoTries(texts: ["undefined"]) }
}
