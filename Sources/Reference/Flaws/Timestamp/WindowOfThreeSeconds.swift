internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let windowOfThreeSeconds = Flaw(
        "window-of-3-seconds", covers: ["E13"], needs: [.timestamp],
        caughtBy: ["control/clock-*", "timestamp/*-accepted"],
        "It refuses requests that are more than three seconds old.",
        explanation:
            "Your endpoint leaves no room for the way a request takes, nor for a clock that is a little behind."
    ) { behaviour in
        behaviour.steps.staleness = { timestamp, now, window in
            Strict.staleness(timestamp, now, Freshness(past: 3, future: window.future))
        }
    }
}
