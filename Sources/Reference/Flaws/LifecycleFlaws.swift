internal import Catalogue
internal import Schemes
internal import Transport

/// The state of bridges, and the administrative interface.
enum LifecycleFlaws {
    static let all: [Flaw] = [
        Flaw(
            "paused-still-taken", covers: ["H06"], needs: [.administration(.call(.pause)), .not(.closedStatus)],
            caughtBy: ["lifecycle/paused"],
            "It accepts messages for a paused bridge.",
            explanation: "Your endpoint keeps accepting messages while the bridge is paused."
        ) { $0.changeState { $0.setRunning(true, now: 0) } },
        Flaw(
            "deleted-still-taken", covers: ["H06"], needs: [.administration(.call(.delete))],
            caughtBy: ["lifecycle/deleted", "lifecycle/not-a-webhook"],
            "It accepts messages for a deleted bridge.",
            explanation:
                "Your endpoint keeps accepting messages after the bridge has been deleted, so its old secret still "
                + "works."
        ) { behaviour in
            behaviour.finds = { _ in true }
            behaviour.changeState { $0.isDeleted = false }
        },
        Flaw(
            "recreated-keeps-secrets", covers: ["H06"], needs: [.administration(.call(.delete))],
            caughtBy: ["lifecycle/recreated", "lifecycle/secrets-differ"],
            "A recreated bridge keeps the secrets of the deleted one.",
            explanation:
                "Your endpoint accepts a deleted bridge's secret at the bridge that replaced it, so deleting a bridge "
                + "does not revoke its secret."
        ) { $0.rules.inheritsSecrets = true },
        Flaw(
            "disabled-still-taken", covers: ["H06"], needs: [.administration(.call(.pause)), .closedStatus],
            caughtBy: ["lifecycle/paused"],
            "It accepts messages for a disabled bridge.",
            explanation: "Your endpoint keeps accepting messages while the bridge is disabled."
        ) { $0.changeState { $0.setRunning(true, now: 0) } },
        Flaw(
            "outgoing-only-taken", covers: ["H06"], needs: [.administration(.call(.sendOnly))],
            caughtBy: ["lifecycle/outgoing-only"],
            "It accepts messages for a bridge that only sends.",
            explanation: "Your endpoint accepts messages at a bridge that was created only for sending."
        ) { $0.changeState { $0.direction = .both } },
        Flaw(
            "state-before-signature", covers: ["J05"], needs: [.administration(.call(.pause))],
            caughtBy: ["lifecycle/state-before-signature", "lifecycle/disabled-before-signature"],
            "It reveals a bridge's state before it verifies the signature.",
            explanation: "Your endpoint tells anyone who asks whether a bridge is paused or disabled."
        ) { behaviour in
            let closes = behaviour.closes
            behaviour.answerFirst { received in closes(received.state, received.scheme).map { .answer($0) } }
        },
        Flaw(
            "list-holds-secrets", covers: ["S10"], needs: [.administration(.call(.list))],
            caughtBy: ["lifecycle/secret-in-list"],
            "Its list of bridges contains their secrets.",
            explanation: "Your endpoint shows the secrets of all bridges to anyone who can list them."
        ) { $0.rules.listsSecrets = true },
        Flaw(
            "answers-hold-secrets", covers: ["S10"], needs: [.administration(.creation)],
            caughtBy: ["lifecycle/secret-in-answer", "lifecycle/config-in-answer"],
            "Its responses about a bridge contain the secret.",
            explanation: "Your endpoint returns a secret that should be write-only or shown only once."
        ) { $0.rules.tellsSecrets = true },
        Flaw(
            "admin-without-token", covers: ["A13"], needs: [.administration(.creation)],
            caughtBy: ["lifecycle/admin-needs-token"],
            "Its administrative interface requires no token.",
            explanation: "Your endpoint lets anyone create, change and delete bridges."
        ) { $0.rules.asksForToken = false },
        Flaw(
            "twins-created", covers: ["H06"], needs: [.administration(.conflictStatus)],
            caughtBy: ["lifecycle/create-twice"],
            "It creates a second bridge where one already exists.",
            explanation:
                "Your endpoint creates two bridges for the same place, each with a secret of its own that is accepted "
                + "there."
        ) { $0.rules.refusesTwins = false },
        Flaw(
            "create-unchecked", covers: ["A06"], needs: [.administration(.invalidStatus)],
            caughtBy: ["lifecycle/create-invalid", "lifecycle/create-unknown-service"],
            "It creates a bridge from any input.",
            explanation: "Your endpoint creates bridges without their required members."
        ) { $0.rules.checksMembers = false },
        Flaw(
            "empty-secret-created", covers: ["A04", "A05"],
            needs: [.administration(.givenSecret), .administration(.invalidStatus)],
            caughtBy: ["lifecycle/empty-secret"],
            "It creates a bridge with an empty secret, and verifies with the empty key.",
            explanation: "Your endpoint allows a bridge to have an empty secret, with which anyone can sign."
        ) { behaviour in
            behaviour.rules.wantsFilledSecret = false
            behaviour.alsoAcceptKeys { $0.isEmpty ? [[]] : [] }
        },
        Flaw(
            "secretless-created", covers: ["A06"],
            needs: [.administration(.givenSecret), .administration(.invalidStatus)], caughtBy: ["lifecycle/no-secret"],
            "It creates a bridge without a secret, and then verifies nothing.",
            explanation:
                "Your endpoint skips verification for a bridge that has no secret, so anyone can send messages to it."
        ) { behaviour in
            behaviour.rules.wantsSecret = false
            behaviour.acceptAnyway { _, received in received.secrets.isEmpty && !received.state.isDeleted }
        },
        Flaw(
            "changes-ignored", covers: ["H06"], needs: [.administration(.call(.delete))],
            caughtBy: ["lifecycle/patch-ignored", "lifecycle/paused", "lifecycle/deleted"],
            "It reports that a bridge was changed but changes nothing.",
            explanation:
                "Your endpoint confirms a pause, a change or a deletion that never happens, so the bridge stays open."
        ) { $0.rules.changes = false },
        Flaw(
            "created-paused", covers: ["H03"], needs: [.administration(.issuedSecret)],
            caughtBy: ["lifecycle/created-accepts"],
            "It creates bridges that do not accept anything at first.",
            explanation: "Your endpoint returns the secret of a bridge that rejects its first messages."
        ) { $0.rules.createsRunning = false },
        Flaw(
            "disabled-for-good", covers: ["H06"], needs: [.administration(.call(.resume))],
            caughtBy: ["lifecycle/enabled-again"],
            "It reports that a bridge was enabled again but leaves it disabled.",
            explanation:
                "Your endpoint keeps rejecting messages for a bridge that was once disabled, although it reports that "
                + "the bridge is enabled."
        ) { $0.rules.enablesAgain = false },
        Flaw(
            "unknown-bridge-changed", covers: ["J04"], needs: [.administration(.unknownStatus)],
            caughtBy: ["lifecycle/unknown-404"],
            "It reports success when it changes a bridge that does not exist.",
            explanation: "Your endpoint confirms a change although it found no bridge with that id."
        ) { $0.rules.missesUnknown = false },
        Flaw(
            "old-secret-outlives-bridge", covers: ["H05", "H06"], needs: [.administration(.call(.rotate))],
            caughtBy: ["lifecycle/paused-stops-old-secret", "lifecycle/deleted-stops-old-secret"],
            "A paused or deleted bridge still accepts the previous secret during its grace period.",
            explanation:
                "Your endpoint accepts a rotated secret until its grace period ends, even though the bridge has been "
                + "paused or deleted."
        ) { behaviour in
            behaviour.finds = { !$0.isDeleted || !$0.secrets.isUntouched }
            behaviour.changeSecrets { state, grace, now in
                let good = state.secrets.newest(2).filter { GoodSecrets.isWithin(grace, $0, now) }
                return state.isRunning && !state.isDeleted ? good : good.filter { $0.replaced != nil }
            }
            behaviour.changeState { state in
                guard !state.secrets.isUntouched else { return }
                state.isDeleted = false
                state.setRunning(true, now: 0)
            }
        },
    ]
}
