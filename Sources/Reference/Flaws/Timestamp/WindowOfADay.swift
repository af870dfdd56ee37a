internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let windowOfADay = Flaw(
        "window-of-a-day", covers: ["E01"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It accepts requests up to a day old or ahead.",
        explanation: "Your endpoint accepts timestamps up to a day away, where the document says five minutes."
    ) { behaviour in
        behaviour.judgesAge { timestamp, now, _, _ in
            Strict.staleness(timestamp, now, Freshness(past: 86_400, future: 86_400))
        }
    }
}
