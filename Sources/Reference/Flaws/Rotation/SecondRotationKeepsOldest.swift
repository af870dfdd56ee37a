internal import ReportModel

extension Flaw {
    static let secondRotationKeepsOldest = Flaw(
        "second-rotation-keeps-oldest", covers: ["H04", "H05"], caughtBy: ["rotation/second-drops-oldest"],
        "It takes every old secret until its own grace is over, however many there are.",
        explanation: "Your endpoint still accepts a secret that was replaced twice over."
    ) { behaviour in
        behaviour.keepsSecrets { state, grace, now in
            state.secrets.entries.filter { GoodSecrets.isWithin(grace, $0, now) }
        }
    }
}
