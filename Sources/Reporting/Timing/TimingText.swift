internal import Bytes
package import Timing

/// A measurement of time for a terminal: a table of effects with their intervals drawn, and how the measurement behaved.
package enum TimingText {
    private static let drawn = 41
    /// The effect, in standard errors, that a test at 1 % sees in 80 of 100 measurements: 2.576 + 0.842.
    private static let visible = 3.42

    /// Writes a measurement.
    ///
    /// - Parameter id: the case that asked.
    package static func text(_ id: String, _ result: TimingResult) -> String {
        var lines = ["\(id): \(result.verdict.words)", ""]
        if let look = result.looks.last {
            lines += table(look, threshold: result.threshold)
            if let confirmation = result.confirmation {
                lines += ["", "  again, with other contents over another connection:"]
                lines += table(confirmation, threshold: result.threshold)
            }
            lines.append("")
        }
        return (lines + rig(result)).joined(separator: "\n")
    }

    /// Returns one line on how far a measurement is.
    package static func progress(_ progress: Measurement.Progress, of id: String) -> String {
        let kind = progress.isConfirmation ? ", confirming" : ""
        let known = progress.look.map { look in
            let widest = look.contrasts.max { $0.estimate.bound < $1.estimate.bound }
            return widest.map { " · '\($0.name)' \($0.estimate.intervalWords)" } ?? ""
        }
        return "\(id)\(kind): \(progress.tuples) of \(progress.most) tuples\(known ?? "")"
    }

    private static func table(_ look: Look, threshold: Double?) -> [String] {
        let checks = [
            Look.Finding(name: "same again", position: nil, estimate: look.repetition),
            Look.Finding(name: "\(timeWords(look.appliedDelay)) later", position: nil, estimate: look.delayed),
        ]
        let rows = look.contrasts + checks
        let reach = rows.flatMap { [abs($0.estimate.low), abs($0.estimate.high)] }.max() ?? 1
        let width = max(14, (rows.map(\.name.count).max() ?? 0) + 2)
        let title =
            "  " + "class".padded(to: width) + "effect".padded(to: 10) + "interval".padded(to: 24)
            + "z".padded(to: 8) + "sign test".padded(to: 11)
            + "\(timeWords(-reach)) to \(timeWords(reach, signed: true))"
        return [title]
            + rows.map { row in
                let estimate = row.estimate
                return "  " + row.name.padded(to: width) + timeWords(estimate.effect, signed: true).padded(to: 10)
                    + estimate.intervalWords.padded(to: 24) + fixed(estimate.z).padded(to: 8)
                    + probability(estimate.signProbability).padded(to: 11)
                    + drawing(estimate, reach: reach, threshold: threshold)
            }
    }

    /// Draws an interval on a line with its 0 in the middle.
    private static func drawing(_ estimate: Estimate, reach: Double, threshold: Double?) -> String {
        let middle = drawn / 2
        let place = { (value: Double) in
            min(drawn - 1, max(0, middle + Int((value / reach * Double(middle)).rounded())))
        }
        var cells = [Character](repeating: " ", count: drawn)
        if let threshold, threshold < reach { for value in [-threshold, threshold] { cells[place(value)] = "┊" } }
        cells[middle] = "│"
        for cell in place(estimate.low)...place(estimate.high) { cells[cell] = "─" }
        cells[place(estimate.low)] = "├"
        cells[place(estimate.high)] = "┤"
        cells[place(estimate.effect)] = "●"
        var text = String(cells)
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }

    private static func rig(_ result: TimingResult) -> [String] {
        let rig = result.rig
        guard let look = result.looks.last else { return ["  \(requests(rig)), seed \(result.seed)"] }
        let error = look.contrasts.map(\.estimate.standardError).max() ?? 0
        let reach = [1.0, 2, 4].map { timeWords(visible * error / $0) }
        let expected = fixed(3 / Double(look.tuples).squareRoot())
        let step = rig.clockStep.map { ", clock step \(timeWords($0))" } ?? ""
        return [
            "  \(requests(rig)), seed \(result.seed)",
            "  times: median \(timeWords(rig.median)), 99th percentile \(timeWords(rig.percentile99))\(step)",
            "  each predicts the next: times \(fixed(rig.autocorrelation)), differences "
                + "\(fixed(rig.autocorrelationOfDifferences)) (within ±\(expected) by chance)",
            "  by place in the tuple: " + rig.slotMeans.map { timeWords($0) }.joined(separator: ", "),
            "  smallest leak seen in 4 of 5 such runs: \(reach[0]); with 4 times the tuples \(reach[1]), 16 times "
                + reach[2],
        ]
    }

    private static func requests(_ rig: TimingResult.Rig) -> String {
        "\(counted(rig.requests, "request")) in \(counted(rig.runs, "run")), \(counted(rig.droppedTuples, "tuple")) dropped"
    }

    private static func fixed(_ number: Double) -> String {
        let hundredths = Int((abs(number) * 100).rounded())
        let rest = hundredths % 100
        return "\(number < 0 && hundredths > 0 ? "-" : "")\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }

    private static func probability(_ number: Double) -> String { number < 0.005 ? "< 0.005" : fixed(number) }
}
