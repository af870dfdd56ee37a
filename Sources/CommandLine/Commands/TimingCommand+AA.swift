internal import Reporting
internal import Timing

/// How often measurements of requests of one kind found a difference.
struct FalseAlarmRate {
    private var measurements = 0
    private var contrasts = 0
    private var beyond1 = 0
    private var beyond5 = 0
    private var leaks = 0

    private static let critical = (at1: Normal.critical(bothTails: 0.01), at5: Normal.critical(bothTails: 0.05))

    /// Counts the first look of a measurement.
    mutating func add(_ result: TimingResult) {
        guard let look = result.looks.first else { return }
        measurements += 1
        for estimate in look.contrasts.map(\.estimate) + [look.repetition] {
            contrasts += 1
            if abs(estimate.z) > Self.critical.at1 { beyond1 += 1 }
            if abs(estimate.z) > Self.critical.at5 { beyond5 += 1 }
        }
        if case .leak = result.verdict { leaks += 1 }
    }

    var text: String {
        let share = { (count: Int, total: Int) in
            total > 0 ? String((Double(count) / Double(total) * 10_000).rounded() / 10_000) : "-"
        }
        return """
            \(counted(measurements, "measurement")) of requests of one kind
              verdict leak          \(leaks), \(share(leaks, measurements)); at most \(TimingSettings.errorBudget) is promised
              contrasts beyond 1 %  \(beyond1) of \(contrasts), \(share(beyond1, contrasts))
              contrasts beyond 5 %  \(beyond5) of \(contrasts), \(share(beyond5, contrasts))
            """
    }
}
