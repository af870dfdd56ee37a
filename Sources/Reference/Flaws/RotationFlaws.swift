internal import Catalogue
internal import Schemes

/// Which secrets count once one was replaced.
enum RotationFlaws {
    static let all: [Flaw] = [
        Flaw(
            "new-secret-late", covers: ["H03"], caughtBy: ["rotation/new-at-once"],
            "It takes a new secret into use some seconds after it was given out.",
            explanation:
                "Your endpoint goes on with a cached secret after a rotation, and so refuses who signs with the new one."
        ) { behaviour in
            behaviour.changeSecrets { state, grace, now in
                let good = state.secrets.newest(2).filter { GoodSecrets.isWithin(grace, $0, now) }
                return good.filter { entry in entry.since.map { now - $0 >= 5 } ?? true }
            }
        },
        Flaw(
            "old-secret-dead-at-once", covers: ["H01"], needs: [.grace],
            caughtBy: ["rotation/old-within-grace", "rotation/grace-short"],
            "It refuses the old secret from the moment of the rotation.",
            explanation: "Your endpoint refuses what was signed before a rotation and is still on its way."
        ) { $0.changeSecrets { state, _, _ in state.secrets.newest(1) } },
        Flaw(
            "old-secret-for-ever", covers: ["H02"], needs: [.grace], caughtBy: ["rotation/old-after-grace"],
            "It takes the old secret for ever.",
            explanation:
                "Your endpoint still accepts a secret that was replaced long ago, which may be why it was replaced."
        ) { $0.changeSecrets { state, _, _ in state.secrets.newest(2) } },
        Flaw(
            "grace-ten-times", covers: ["H02"], needs: [.grace], caughtBy: ["rotation/old-after-grace"],
            "It takes the old secret ten times as long as it should.",
            explanation: "Your endpoint accepts a replaced secret long after its grace is over."
        ) { behaviour in
            behaviour.changeSecrets { state, grace, now in
                state.secrets.newest(2).filter { GoodSecrets.isWithin(grace * 10, $0, now) }
            }
        },
        Flaw(
            "grace-halved", covers: ["H01"], needs: [.grace], caughtBy: ["rotation/grace-short"],
            "It takes the old secret half as long as it should.",
            explanation: "Your endpoint refuses a replaced secret before its grace is over."
        ) { behaviour in
            behaviour.changeSecrets { state, grace, now in
                state.secrets.newest(2).filter { GoodSecrets.isWithin(grace / 2, $0, now) }
            }
        },
        Flaw(
            "second-rotation-drops-previous", covers: ["H04"], needs: [.grace],
            caughtBy: ["rotation/second-keeps-previous"],
            "After a second rotation it takes the newest secret alone.",
            explanation: "Your endpoint drops the previous secret when another rotation follows within its grace."
        ) { behaviour in
            behaviour.changeSecrets { state, grace, now in
                let secrets = state.secrets.newest(2).filter { GoodSecrets.isWithin(grace, $0, now) }
                return secrets.last?.since == nil ? secrets : state.secrets.newest(1)
            }
        },
        Flaw(
            "second-rotation-keeps-oldest", covers: ["H04", "H05"], caughtBy: ["rotation/second-drops-oldest"],
            "It takes every old secret until its own grace is over, however many there are.",
            explanation: "Your endpoint still accepts a secret that was replaced twice over."
        ) { behaviour in
            behaviour.changeSecrets { state, grace, now in
                state.secrets.entries.filter { GoodSecrets.isWithin(grace, $0, now) }
            }
        },
        Flaw(
            "second-rotation-restarts-grace", covers: ["H04", "H02"],
            caughtBy: ["rotation/second-restarts-grace", "rotation/second-drops-oldest"],
            "Each rotation gives every old secret a new grace.",
            explanation:
                "Your endpoint starts the grace of old secrets again with each rotation, so that none of them ever ends."
        ) { behaviour in
            behaviour.changeSecrets { state, grace, now in
                let latest = state.secrets.entries.first?.since ?? now
                return now - latest <= grace ? state.secrets.entries : state.secrets.newest(1)
            }
        },
        Flaw(
            "grace-stops-while-paused", covers: ["H02", "H06"],
            needs: [.administration(.call(.pause)), .administration(.call(.rotate))],
            caughtBy: ["rotation/pause-keeps-grace"],
            "The grace of an old secret does not run while the bridge is paused.",
            explanation:
                "Your endpoint stops the clock of a replaced secret while the bridge is paused, and so takes it for too long."
        ) { behaviour in
            behaviour.changeSecrets { state, grace, now in
                let paused = state.pausedFor + (state.pausedAt.map { now - $0 } ?? 0)
                return state.secrets.newest(2).filter { GoodSecrets.isWithin(grace + paused, $0, now) }
            }
        },
        Flaw(
            "first-signature-after-rotation", covers: ["H01", "G02"], needs: [.severalSignatures],
            caughtBy: ["rotation/both-signatures"],
            "Once a secret was replaced it checks only the first of several signatures.",
            explanation:
                "Your endpoint looks at one of the signatures that a sender makes with the old and the new secret, the first."
        ) { $0.acceptOnly { $0.first } },
        Flaw(
            "last-signature-after-rotation", covers: ["H01", "G02"], needs: [.severalSignatures],
            caughtBy: ["rotation/both-signatures"],
            "Once a secret was replaced it checks only the last of several signatures.",
            explanation:
                "Your endpoint looks at one of the signatures that a sender makes with the old and the new secret, the last."
        ) { $0.acceptOnly { $0.last } },
    ]
}
