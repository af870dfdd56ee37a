internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let emptyEventAcknowledged = Flaw(
        "empty-event-acknowledged", covers: ["L06"], needs: [.json],
        caughtBy: ["handshake/unsigned-empty-event-list", "handshake/unsigned-empty-object"],
        "It acknowledges an empty list of events, without verifying it.",
        explanation: "Your endpoint answers 200 to an unsigned request without events, to please a button for testing."
    ) { behaviour in
        behaviour.answersFirst { received in
            let isEmpty = received.json == .object([]) || received.json?["events"] == .array([])
            return isEmpty ? .answer(received.scheme.responses.accepted.response()) : nil
        }
    }
}
