internal import ReportModel
internal import Subjects
internal import Transport

/// The distance of the target's clock from ours, from the `Date` headers of its answers.
///
/// `Date` has whole seconds, so one answer says that the target's time lay in a second, somewhere between our sending
/// and our receiving; each answer narrows the interval of offsets that fit all.
struct ClockEstimate {
    private let clock: RunClock
    private var lowest = -Double.infinity
    private var highest = Double.infinity

    init(_ clock: RunClock) { self.clock = clock }

    mutating func add(_ sent: Exchanger.Sent) {
        guard let answer = sent.observed.answer, let text = answer.headers.first(named: "Date"),
            let date = HTTPDate.parse(text)
        else { return }
        let received = clock.seconds
        let begun = received - clock.seconds(of: sent.observed.nanoseconds)
        let low = max(lowest, Double(date) - received)
        let high = min(highest, Double(date) + 1 - begun)
        // Answers that contradict each other come from clocks that jump or differ; the newest one counts.
        (lowest, highest) = low <= high ? (low, high) : (Double(date) - received, Double(date) + 1 - begun)
    }

    /// The estimate; `nil` when no answer had a date.
    var offset: Measurements.ClockOffset? {
        guard lowest.isFinite, highest.isFinite else { return nil }
        return Measurements.ClockOffset(seconds: (lowest + highest) / 2, uncertainty: (highest - lowest) / 2)
    }

    /// Whole seconds to add to our clock; 0 while the two may be the same.
    var correction: Int64 {
        guard let offset, abs(offset.seconds) > offset.uncertainty else { return 0 }
        return Int64(offset.seconds.rounded())
    }
}
