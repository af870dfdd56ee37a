internal import Catalogue
internal import ReportModel

extension Flaw {
    static let lastSignatureAfterRotation = Flaw(
        "last-signature-after-rotation", covers: ["H01", "G02"], needs: [.severalSignatures],
        caughtBy: ["rotation/both-signatures"],
        "Once a secret was replaced it checks only the last of several signatures.",
        explanation:
            "Your endpoint looks at one of the signatures that a sender makes with the old and the new secret, the last."
    ) { $0.checksOnly { $0.last } }
}
