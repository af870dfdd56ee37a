internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let base64DecodedKeyAccepted = Flaw(
        "base64-decoded-key-accepted", covers: ["C06"], needs: [.textSecret],
        caughtBy: ["algorithm/key-base64-decoded"],
        "It accepts signatures under the secret decoded from Base64 too.",
        explanation: "Your endpoint also decodes the secret from Base64, where its text is the key."
    ) { $0.alsoTries { secrets in secrets.compactMap { LooseBase64.decode($0.text, forgiving: .node) } } }
}
