internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let rememberedBeforeVerification = Flaw(
        "remembered-before-verification", covers: ["F05"], needs: [.eventID], caughtBy: ["replay/forged-first"],
        "It remembers an id before it verifies the request that bears it.",
        explanation: "Your endpoint lets a stranger use up an id, so that the real event is dropped as a duplicate."
    ) { behaviour in
        let seen = EffectLog()
        behaviour.answersFirst { received in
            let receipt = seen.record(Delivery(received, received.json))
            guard receipt.isRepetition else { return nil }
            return .answer(received.scheme.responses.accepted.response(messageID: receipt.messageID))
        }
        behaviour.rereads { delivery, _, _ in delivery.event = nil }
    }
}
