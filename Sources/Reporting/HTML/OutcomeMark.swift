internal import ReportModel

extension Outcome {
    /// The outcomes as a reader wants them: what is wrong first.
    static let byUrgency: [Outcome] = [.fail, .inconclusive, .warn, .note, .waived, .skipped, .pass]

    /// A sign, so that nothing depends on colour alone.
    var sign: String {
        switch self {
        case .pass: "✓"
        case .fail: "✗"
        case .warn: "▲"
        case .note: "•"
        case .waived: "≈"
        case .inconclusive: "?"
        case .skipped: "–"
        }
    }

    /// What cases with this outcome are called.
    var heading: String {
        switch self {
        case .pass: "As expected"
        case .fail: "Failed"
        case .warn: "Recommendations not met"
        case .note: "Worth knowing"
        case .waived: "Waived"
        case .inconclusive: "Inconclusive"
        case .skipped: "Skipped"
        }
    }

    /// One word after a number.
    var counted: String {
        switch self {
        case .pass: "passed"
        case .fail: "failed"
        case .warn: "warned"
        case .note: "noted"
        case .waived: "waived"
        case .inconclusive: "inconclusive"
        case .skipped: "skipped"
        }
    }

    /// The class of its colours.
    var tone: StaticString {
        switch self {
        case .pass: "tone good"
        case .fail: "tone bad"
        case .warn, .inconclusive: "tone odd"
        case .note: "tone info"
        case .waived, .skipped: "tone dim"
        }
    }

    /// The sign and the word, in the colours of the outcome.
    var badge: HTMLNode {
        .element("span", class: tone, [], .text("\(sign) \(self == .skipped ? "skipped" : rawValue)"))
    }
}

extension Report.Summary {
    /// Returns how many cases have an outcome.
    func count(_ outcome: Outcome) -> Int {
        switch outcome {
        case .pass: passed
        case .fail: failed
        case .warn: warned
        case .note: noted
        case .waived: waived
        case .inconclusive: inconclusive
        case .skipped: skipped
        }
    }
}
