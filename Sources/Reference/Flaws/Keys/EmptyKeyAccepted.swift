internal import Catalogue
internal import ReportModel

extension Flaw {
    static let emptyKeyAccepted = Flaw(
        "empty-key-accepted", covers: ["A04", "A09"], needs: [.hmac], caughtBy: ["algorithm/key-empty"],
        "It accepts signatures under the empty key.",
        explanation: "Your endpoint accepts signatures made with an empty secret, which anyone can compute."
    ) { $0.alsoTries { _ in [[]] } }
}
