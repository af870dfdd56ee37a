internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let windowOfTenMinutes = Flaw(
        "window-of-ten-minutes", covers: ["E08"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It accepts requests up to ten minutes old or ahead.",
        explanation: "Your endpoint accepts timestamps up to ten minutes away, where the document says five."
    ) { behaviour in
        behaviour.judgesAge { timestamp, now, _, _ in
            Strict.staleness(timestamp, now, Freshness(past: 600, future: 600))
        }
    }
}
