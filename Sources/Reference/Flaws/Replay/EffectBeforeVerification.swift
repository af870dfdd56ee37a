internal import Catalogue
internal import ReportModel

extension Flaw {
    static let effectBeforeVerification = Flaw(
        "effect-before-verification", covers: ["J07"], needs: [.eventID], caughtBy: ["replay/refused-without-effect"],
        "It writes the message before it verifies the request.",
        explanation: "Your endpoint lets a request take effect that it then refuses."
    ) { behaviour in
        behaviour.answersFirst { received in
            _ = received.log.record(Delivery(received, received.json))
            return nil
        }
    }
}
