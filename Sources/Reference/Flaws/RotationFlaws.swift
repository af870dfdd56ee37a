internal import Catalogue
internal import Schemes

/// Which secrets are valid after a rotation.
enum RotationFlaws {
    static let all: [Flaw] = [
        Flaw(
            "new-secret-late", covers: ["H03"], caughtBy: ["rotation/new-at-once"],
            "It starts to accept a new secret only some seconds after issuing it.",
            explanation:
                "Your endpoint keeps using a cached secret after a rotation, so it rejects senders that already use "
                + "the new one."
        ) { behaviour in
            behaviour.changeSecrets { state, grace, now in
                let good = state.secrets.newest(2).filter { GoodSecrets.isWithin(grace, $0, now) }
                return good.filter { entry in entry.since.map { now - $0 >= 5 } ?? true }
            }
        },
        Flaw(
            "old-secret-dead-at-once", covers: ["H01"], needs: [.grace],
            caughtBy: ["rotation/old-within-grace", "rotation/grace-short"],
            "It rejects the old secret immediately after a rotation.",
            explanation: "Your endpoint rejects deliveries that were signed before a rotation and are still in transit."
        ) { $0.changeSecrets { state, _, _ in state.secrets.newest(1) } },
        Flaw(
            "old-secret-for-ever", covers: ["H02"], needs: [.grace], caughtBy: ["rotation/old-after-grace"],
            "It accepts the old secret forever.",
            explanation:
                "Your endpoint still accepts a secret that was rotated long ago, perhaps because it had leaked."
        ) { $0.changeSecrets { state, _, _ in state.secrets.newest(2) } },
        Flaw(
            "grace-ten-times", covers: ["H02"], needs: [.grace], caughtBy: ["rotation/old-after-grace"],
            "It accepts the old secret for ten times the grace period.",
            explanation:
                "Your endpoint accepts a rotated secret long after its grace period, so a leaked secret stays usable."
        ) { behaviour in
            behaviour.changeSecrets { state, grace, now in
                state.secrets.newest(2).filter { GoodSecrets.isWithin(grace * 10, $0, now) }
            }
        },
        Flaw(
            "grace-halved", covers: ["H01"], needs: [.grace], caughtBy: ["rotation/grace-short"],
            "It accepts the old secret for only half the grace period.",
            explanation:
                "Your endpoint rejects a rotated secret before its grace period ends, so it loses valid deliveries."
        ) { behaviour in
            behaviour.changeSecrets { state, grace, now in
                state.secrets.newest(2).filter { GoodSecrets.isWithin(grace / 2, $0, now) }
            }
        },
        Flaw(
            "second-rotation-drops-previous", covers: ["H04"], needs: [.grace],
            caughtBy: ["rotation/second-keeps-previous"],
            "After a second rotation, it accepts only the newest secret.",
            explanation:
                "Your endpoint drops the previous secret when another rotation follows within the grace period, so it "
                + "loses valid deliveries."
        ) { behaviour in
            behaviour.changeSecrets { state, grace, now in
                let secrets = state.secrets.newest(2).filter { GoodSecrets.isWithin(grace, $0, now) }
                return secrets.last?.since == nil ? secrets : state.secrets.newest(1)
            }
        },
        Flaw(
            "second-rotation-keeps-oldest", covers: ["H04", "H05"], caughtBy: ["rotation/second-drops-oldest"],
            "It accepts every old secret until its own grace period ends.",
            explanation: "Your endpoint still accepts a secret that has been rotated twice."
        ) { behaviour in
            behaviour.changeSecrets { state, grace, now in
                state.secrets.entries.filter { GoodSecrets.isWithin(grace, $0, now) }
            }
        },
        Flaw(
            "second-rotation-restarts-grace", covers: ["H04", "H02"],
            caughtBy: ["rotation/second-restarts-grace", "rotation/second-drops-oldest"],
            "Each rotation restarts the grace period of every old secret.",
            explanation:
                "Your endpoint restarts the grace period of old secrets with each rotation, so none of them ever "
                + "expires."
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
            "The grace period of an old secret stops while the bridge is paused.",
            explanation:
                "Your endpoint stops the grace period of a rotated secret while the bridge is paused, so it accepts "
                + "the secret for too long."
        ) { behaviour in
            behaviour.changeSecrets { state, grace, now in
                let paused = state.pausedFor + (state.pausedAt.map { now - $0 } ?? 0)
                return state.secrets.newest(2).filter { GoodSecrets.isWithin(grace + paused, $0, now) }
            }
        },
        Flaw(
            "first-signature-after-rotation", covers: ["H01", "G02"], needs: [.severalSignatures],
            caughtBy: ["rotation/both-signatures"],
            "After a rotation, it checks only the first of several signatures.",
            explanation:
                "Your endpoint checks only the first of the signatures that a sender makes with the old and the new "
                + "secret, so it rejects valid deliveries."
        ) { $0.acceptOnly { $0.first } },
        Flaw(
            "last-signature-after-rotation", covers: ["H01", "G02"], needs: [.severalSignatures],
            caughtBy: ["rotation/both-signatures"],
            "After a rotation, it checks only the last of several signatures.",
            explanation:
                "Your endpoint checks only the last of the signatures that a sender makes with the old and the new "
                + "secret, so it rejects valid deliveries."
        ) { $0.acceptOnly { $0.last } },
    ]
}
