internal import Catalogue
internal import ReportModel

extension Flaw {
    static let oldSecretForEver = Flaw(
        "old-secret-for-ever", covers: ["H02"], needs: [.grace], caughtBy: ["rotation/old-after-grace"],
        "It takes the old secret for ever.",
        explanation:
            "Your endpoint still accepts a secret that was replaced long ago, which may be why it was replaced."
    ) { $0.keepsSecrets { state, _, _ in state.secrets.newest(2) } }
}
