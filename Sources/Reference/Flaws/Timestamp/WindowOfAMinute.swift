internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let windowOfAMinute = Flaw(
        "window-of-a-minute", covers: ["E08", "E13"], needs: [.timestamp],
        caughtBy: ["control/clock-2-minutes-behind", "control/clock-290-seconds-behind"],
        "It refuses requests that are more than a minute old.",
        explanation: "Your endpoint refuses timestamps more than a minute away, where the document says five minutes."
    ) { behaviour in
        behaviour.judgesAge { timestamp, now, _, _ in
            Strict.staleness(timestamp, now, Freshness(past: 60, future: 60))
        }
    }
}
