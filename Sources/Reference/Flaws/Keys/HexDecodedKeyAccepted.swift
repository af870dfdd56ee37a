internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let hexDecodedKeyAccepted = Flaw(
        "hex-decoded-key-accepted", covers: ["C06"], needs: [.textSecret], caughtBy: ["algorithm/key-hex-decoded"],
        "It accepts signatures under the secret decoded from hexadecimal too.",
        explanation: "Your endpoint also decodes the secret from hexadecimal, where its text is the key."
    ) { $0.alsoTries { secrets in secrets.compactMap { Hex.decode($0.text) } } }
}
