internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tokenKeyNameIgnored = Flaw(
        "token-key-name-ignored", covers: ["C09"], needs: [.token], caughtBy: ["token/key-name-unknown"],
        "It tries every key of the set, whatever name a token gives.",
        explanation: "Your endpoint ignores kid and tries every key that it has."
    ) { $0.overlooks(.keyUnknown) }
}
