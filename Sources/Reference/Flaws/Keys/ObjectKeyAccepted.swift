internal import Catalogue
internal import ReportModel

extension Flaw {
    static let objectKeyAccepted = Flaw(
        "object-key-accepted", covers: ["A08"], needs: [.hmac], caughtBy: ["algorithm/key-object"],
        "It accepts signatures under the text [object Object].",
        explanation: "Your endpoint turned a whole settings object into the text [object Object], and verifies with it."
    ) { $0.alsoTries(texts: ["[object Object]"]) }
}
