internal import Catalogue
internal import Schemes
internal import Transport

/// The state of bridges, and the administrative interface.
enum LifecycleFlaws {
    static let all: [Flaw] = [
        Flaw(
            "paused-still-taken", covers: ["H06"], needs: [.administration(.call(.pause)), .not(.closedStatus)],
            caughtBy: ["lifecycle/paused"],
            "It takes messages for a bridge that is paused.",
            explanation: "Your endpoint goes on taking messages while the bridge is paused."
        ) { $0.changeState { $0.setRunning(true, now: 0) } },
        Flaw(
            "deleted-still-taken", covers: ["H06"], needs: [.administration(.call(.delete))],
            caughtBy: ["lifecycle/deleted"],
            "It takes messages for a bridge that was deleted.",
            explanation: "Your endpoint goes on taking messages after the bridge was deleted."
        ) { behaviour in
            behaviour.finds = { _ in true }
            behaviour.changeState { $0.isDeleted = false }
        },
        Flaw(
            "recreated-keeps-secrets", covers: ["H06"], needs: [.administration(.call(.delete))],
            caughtBy: ["lifecycle/recreated", "lifecycle/secrets-differ"],
            "A bridge in the place of a deleted one goes on with its secrets.",
            explanation: "Your endpoint accepts the secret of a deleted bridge at the one that took its place."
        ) { $0.rules.inheritsSecrets = true },
        Flaw(
            "disabled-still-taken", covers: ["H06"], needs: [.administration(.call(.pause)), .closedStatus],
            caughtBy: ["lifecycle/paused"],
            "It takes messages for a bridge that is disabled.",
            explanation: "Your endpoint goes on taking messages while the bridge is disabled."
        ) { $0.changeState { $0.setRunning(true, now: 0) } },
        Flaw(
            "outgoing-only-taken", covers: ["H06"], needs: [.administration(.call(.sendOnly))],
            caughtBy: ["lifecycle/outgoing-only"],
            "It takes messages for a bridge that only sends.",
            explanation: "Your endpoint takes messages at a bridge that was made for sending only."
        ) { $0.changeState { $0.direction = .both } },
        Flaw(
            "state-before-signature", covers: ["J05"], needs: [.administration(.call(.pause))],
            caughtBy: ["lifecycle/state-before-signature", "lifecycle/disabled-before-signature"],
            "It tells a bridge's state before it verifies the signature.",
            explanation: "Your endpoint tells strangers that a bridge is paused or disabled."
        ) { behaviour in
            let closes = behaviour.closes
            behaviour.answerFirst { received in closes(received.state, received.scheme).map { .answer($0) } }
        },
        Flaw(
            "list-holds-secrets", covers: ["S10"], needs: [.administration(.call(.list))],
            caughtBy: ["lifecycle/secret-in-list"],
            "Its list of bridges holds their secrets.",
            explanation: "Your endpoint shows the secrets of all bridges to who may list them."
        ) { $0.rules.listsSecrets = true },
        Flaw(
            "answers-hold-secrets", covers: ["S10"], needs: [.administration(.creation)],
            caughtBy: ["lifecycle/secret-in-answer", "lifecycle/config-in-answer"],
            "Its answers about a bridge hold the secret.",
            explanation: "Your endpoint shows a secret again that is write-only or shown once."
        ) { $0.rules.tellsSecrets = true },
        Flaw(
            "admin-without-token", covers: ["A13"], needs: [.administration(.creation)],
            caughtBy: ["lifecycle/admin-needs-token"],
            "Its administrative interface asks for no token.",
            explanation: "Your endpoint lets anyone make, change and delete bridges."
        ) { $0.rules.asksForToken = false },
        Flaw(
            "twins-created", covers: ["H06"], needs: [.administration(.conflictStatus)],
            caughtBy: ["lifecycle/create-twice"],
            "It makes a second bridge for a place that has one.",
            explanation: "Your endpoint makes two bridges for one place, each with a secret that opens it."
        ) { $0.rules.refusesTwins = false },
        Flaw(
            "create-unchecked", covers: ["A06"], needs: [.administration(.invalidStatus)],
            caughtBy: ["lifecycle/create-invalid", "lifecycle/create-unknown-service"],
            "It makes a bridge of whatever it is sent.",
            explanation: "Your endpoint makes bridges without the members that they must have."
        ) { $0.rules.checksMembers = false },
        Flaw(
            "empty-secret-created", covers: ["A04", "A05"],
            needs: [.administration(.givenSecret), .administration(.invalidStatus)],
            caughtBy: ["lifecycle/empty-secret"],
            "It makes a bridge with an empty secret, and verifies with the empty key.",
            explanation: "Your endpoint lets a bridge have an empty secret, with which anyone can sign."
        ) { behaviour in
            behaviour.rules.wantsFilledSecret = false
            behaviour.alsoAcceptKeys { $0.isEmpty ? [[]] : [] }
        },
        Flaw(
            "secretless-created", covers: ["A06"],
            needs: [.administration(.givenSecret), .administration(.invalidStatus)], caughtBy: ["lifecycle/no-secret"],
            "It makes a bridge without a secret, and then verifies nothing.",
            explanation: "Your endpoint skips the verification for a bridge that has no secret."
        ) { behaviour in
            behaviour.rules.wantsSecret = false
            behaviour.acceptAnyway { _, received in received.secrets.isEmpty && !received.state.isDeleted }
        },
        Flaw(
            "changes-ignored", covers: ["H06"], needs: [.administration(.call(.delete))],
            caughtBy: ["lifecycle/patch-ignored", "lifecycle/paused", "lifecycle/deleted"],
            "It answers that a bridge was changed, and changes nothing.",
            explanation: "Your endpoint confirms a pause, a change or a deletion that never happens."
        ) { $0.rules.changes = false },
        Flaw(
            "created-paused", covers: ["H03"], needs: [.administration(.issuedSecret)],
            caughtBy: ["lifecycle/created-accepts"],
            "It makes bridges that accept nothing at first.",
            explanation: "Your endpoint hands out the secret of a bridge that refuses its first messages."
        ) { $0.rules.createsRunning = false },
        Flaw(
            "disabled-for-good", covers: ["H06"], needs: [.administration(.call(.resume))],
            caughtBy: ["lifecycle/enabled-again"],
            "It confirms that a bridge is enabled again, and leaves it disabled.",
            explanation: "Your endpoint goes on refusing the messages of a bridge that was disabled once."
        ) { $0.rules.enablesAgain = false },
        Flaw(
            "unknown-bridge-changed", covers: ["J04"], needs: [.administration(.unknownStatus)],
            caughtBy: ["lifecycle/unknown-404"],
            "It answers that it changed a bridge which is not there.",
            explanation: "Your endpoint confirms a change although it found no bridge with that id."
        ) { $0.rules.missesUnknown = false },
        Flaw(
            "old-secret-outlives-bridge", covers: ["H05", "H06"], needs: [.administration(.call(.rotate))],
            caughtBy: ["lifecycle/paused-stops-old-secret", "lifecycle/deleted-stops-old-secret"],
            "A pause or deletion takes the current secret away, and forgets the old one in its grace.",
            explanation:
                "Your endpoint accepts a replaced secret until its grace is over, although the bridge was paused or deleted."
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
