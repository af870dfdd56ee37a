internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let keyTextAccepted = Flaw(
        "key-text-accepted", covers: ["A09", "C06"], needs: [.decodedSecret],
        caughtBy: ["algorithm/key-secret-as-text"],
        "It accepts signatures under the secret's text as well as under what it decodes to.",
        explanation: "Your endpoint also takes the secret's text for the key, where it should only decode it."
    ) { $0.alsoTries { secrets in secrets.map(\.text) } }
}
