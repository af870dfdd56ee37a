internal import ReportModel

extension Flaw {
    static let newSecretLate = Flaw(
        "new-secret-late", covers: ["H03"], caughtBy: ["rotation/new-at-once"],
        "It takes a new secret into use some seconds after it was given out.",
        explanation:
            "Your endpoint goes on with a cached secret after a rotation, and so refuses who signs with the new one."
    ) { behaviour in
        behaviour.keepsSecrets { state, grace, now in
            let good = state.secrets.newest(2).filter { GoodSecrets.isWithin(grace, $0, now) }
            return good.filter { entry in entry.since.map { now - $0 >= 5 } ?? true }
        }
    }
}
