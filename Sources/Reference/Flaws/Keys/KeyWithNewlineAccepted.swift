internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let keyWithNewlineAccepted = Flaw(
        "key-with-newline-accepted", covers: ["A05"], needs: [.hmac, .textSecret],
        caughtBy: ["algorithm/key-with-newline"],
        "It accepts signatures under the secret with a line feed behind it too.",
        explanation: "Your endpoint also tries the secret as it was read from a file, with the line feed at its end."
    ) { $0.alsoTries { secrets in secrets.map { $0.text + [0x0A] } } }
}
