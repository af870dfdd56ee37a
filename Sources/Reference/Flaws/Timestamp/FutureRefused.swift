internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let futureRefused = Flaw(
        "future-refused", covers: ["E13"], needs: [.timestamp],
        caughtBy: ["control/clock-30-seconds-ahead", "control/clock-5-seconds-ahead"],
        "It refuses a sender whose clock is a second ahead.",
        explanation: "Your endpoint refuses every timestamp ahead of its own clock, and clocks are never quite equal."
    ) { $0.judgesAge { timestamp, now, _, sound in timestamp > now ? .tooFarAhead : sound } }
}
