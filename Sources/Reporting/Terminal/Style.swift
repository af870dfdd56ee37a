internal import ReportModel

/// How a report looks in a terminal.
package struct Style: Sendable, Hashable {
    /// How much is written.
    package enum Verbosity: Sendable, Hashable {
        /// A line for each failure, and the result.
        case quiet
        /// Failures explained, everything else in brief.
        case normal
        /// Everything, with each recorded request and answer in full.
        case verbose
    }

    /// Whether the text has colours (ECMA-48 SGR sequences).
    package var color: Bool
    /// The greatest length of a line in characters; at least 40.
    package var width: Int { didSet { width = max(40, width) } }
    /// How much is written.
    package var verbosity: Verbosity

    /// Creates a style.
    package init(color: Bool = false, width: Int = 100, verbosity: Verbosity = .normal) {
        self.color = color
        self.width = max(40, width)
        self.verbosity = verbosity
    }
}

/// The colours of a report, named for what they say.
enum Ink: String {
    case plain = ""
    case strong = "1"
    case quiet = "2"
    case bad = "1;31"
    case good = "32"
    case doubtful = "33"
    case strange = "35"
}

/// A piece of a line in one colour.
struct Span {
    let text: String
    let ink: Ink

    init(_ text: String, _ ink: Ink = .plain) {
        self.text = text
        self.ink = ink
    }
}
