internal import ReportModel

extension Flaw {
    static let secondRotationRestartsGrace = Flaw(
        "second-rotation-restarts-grace", covers: ["H04", "H02"],
        caughtBy: ["rotation/second-restarts-grace", "rotation/second-drops-oldest"],
        "Each rotation gives every old secret a new grace.",
        explanation:
            "Your endpoint starts the grace of old secrets again with each rotation, so that none of them ever ends."
    ) { behaviour in
        behaviour.keepsSecrets { state, grace, now in
            let latest = state.secrets.entries.first?.since ?? now
            return now - latest <= grace ? state.secrets.entries : state.secrets.newest(1)
        }
    }
}
