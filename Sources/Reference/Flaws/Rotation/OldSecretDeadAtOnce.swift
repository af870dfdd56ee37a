internal import Catalogue
internal import ReportModel

extension Flaw {
    static let oldSecretDeadAtOnce = Flaw(
        "old-secret-dead-at-once", covers: ["H01"], needs: [.grace],
        caughtBy: ["rotation/old-within-grace", "rotation/grace-short"],
        "It refuses the old secret from the moment of the rotation.",
        explanation: "Your endpoint refuses what was signed before a rotation and is still on its way."
    ) { $0.keepsSecrets { state, _, _ in state.secrets.newest(1) } }
}
