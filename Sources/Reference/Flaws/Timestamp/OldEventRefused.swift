internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let oldEventRefused = Flaw(
        "old-event-refused", covers: ["E14"], needs: [.timestamp, .json],
        caughtBy: ["timestamp/event-1-day-old-accepted", "timestamp/event-1-hour-old-accepted"],
        "It refuses requests about events that happened a while ago.",
        explanation:
            "Your endpoint takes the time of the event for the time of the request, and so refuses what was retried."
    ) { behaviour in
        behaviour.answersFirst { received in
            guard let window = received.scheme.freshness, let event = EventTime.seconds(in: received.json),
                Strict.staleness(event, received.now, window) != nil
            else { return nil }
            return .answer(received.scheme.responses.rejected.response())
        }
    }
}
