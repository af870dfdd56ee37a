internal import Catalogue
internal import ReportModel

extension Flaw {
    static let oldSecretOutlivesBridge = Flaw(
        "old-secret-outlives-bridge", covers: ["H05", "H06"], needs: [.only(["scaiwave"])],
        caughtBy: ["lifecycle/paused-stops-old-secret", "lifecycle/deleted-stops-old-secret"],
        "A pause or deletion takes the current secret away, and forgets the old one in its grace.",
        explanation:
            "Your endpoint accepts a replaced secret until its grace is over, although the bridge was paused or deleted."
    ) { behaviour in
        behaviour.finds = { !$0.isDeleted || !$0.secrets.isUntouched }
        behaviour.keepsSecrets { state, grace, now in
            let good = state.secrets.newest(2).filter { GoodSecrets.isWithin(grace, $0, now) }
            return state.isRunning && !state.isDeleted ? good : good.filter { $0.replaced != nil }
        }
        behaviour.takesInSpite { state in
            guard !state.secrets.isUntouched else { return }
            state.isDeleted = false
            state.setRunning(true, now: 0)
        }
    }
}
