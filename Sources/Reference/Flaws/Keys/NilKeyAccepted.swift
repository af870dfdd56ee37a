internal import Catalogue
internal import ReportModel

extension Flaw {
    static let nilKeyAccepted = Flaw(
        "nil-key-accepted", covers: ["A08"], needs: [.hmac], caughtBy: ["algorithm/key-nil"],
        "It accepts signatures under the word nil.",
        explanation: "Your endpoint turned a missing setting into the text nil, and verifies with it."
    ) { $0.alsoTries(texts: ["nil"]) }
}
