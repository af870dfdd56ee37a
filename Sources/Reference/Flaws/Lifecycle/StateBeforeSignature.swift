internal import Catalogue
internal import ReportModel
internal import Transport

extension Flaw {
    static let stateBeforeSignature = Flaw(
        "state-before-signature", covers: ["J05"], needs: [.only(["scaiwave", "vaultysclaw"])],
        caughtBy: ["lifecycle/state-before-signature", "lifecycle/disabled-before-signature"],
        "It tells a bridge's state before it verifies the signature.",
        explanation: "Your endpoint tells strangers that a bridge is paused or disabled."
    ) { behaviour in
        let closes = behaviour.closes
        behaviour.answersFirst { received in closes(received.state, received.scheme).map { .answer($0) } }
    }
}
