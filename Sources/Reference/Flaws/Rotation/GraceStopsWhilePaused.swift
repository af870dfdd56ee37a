internal import Catalogue
internal import ReportModel

extension Flaw {
    static let graceStopsWhilePaused = Flaw(
        "grace-stops-while-paused", covers: ["H02", "H06"], needs: [.only(["scaiwave"])],
        caughtBy: ["rotation/pause-keeps-grace"],
        "The grace of an old secret does not run while the bridge is paused.",
        explanation:
            "Your endpoint stops the clock of a replaced secret while the bridge is paused, and so takes it for too long."
    ) { behaviour in
        behaviour.keepsSecrets { state, grace, now in
            let paused = state.pausedFor + (state.pausedAt.map { now - $0 } ?? 0)
            return state.secrets.newest(2).filter { GoodSecrets.isWithin(grace + paused, $0, now) }
        }
    }
}
