internal import Bytes
package import ReportModel

/// What a failed case found: a harm, and whether the target did it in spite of its answer.
package enum Harm: Sendable, Hashable, RawRepresentable {
    /// What the answer shows.
    case answer(Impact)
    /// It refused, and the request took effect all the same.
    case effect

    private static let effectName = "effect"

    /// Reads the name of a harm.
    package init?(rawValue: String) {
        if rawValue == Self.effectName {
            self = .effect
        } else if let impact = Impact(rawValue: rawValue) {
            self = .answer(impact)
        } else {
            return nil
        }
    }

    /// The harm that a result found; `nil` when it found none.
    package init?(of result: CaseResult) {
        guard let impact = result.impact else { return nil }
        self = result.reason == .refusedWithEffect ? .effect : .answer(impact)
    }

    /// Its name in a table: that of the impact, or `effect`.
    package var rawValue: String {
        switch self {
        case .answer(let impact): impact.rawValue
        case .effect: Self.effectName
        }
    }
}

/// What each flaw gets wrong in each scheme, as `countersign selftest --causes` measures it.
package struct CauseTable: Sendable {
    /// The cases, by their numbers.
    let cases: [String]
    /// The flaws with what they get wrong.
    let flaws: [Flaw]
    /// The cases that the flaws of a scheme are usually judged by, by its name.
    private let usuallyJudged: [String: Set<Int>]

    /// A flaw, and what it gets wrong.
    struct Flaw: Sendable {
        let id: String
        let explanation: String
        /// By the scheme's name.
        var patterns: [String: Pattern] = [:]
    }

    /// What a flaw gets wrong in a scheme.
    struct Pattern: Sendable {
        /// The harm found by each case that fails, by its number.
        var harms: [Int: Harm] = [:]
        /// The cases that were judged and met. What is neither here nor among the harms says nothing about the flaw.
        var met: Judged = .allBut([])
    }

    /// Which of a scheme's cases were judged.
    enum Judged: Sendable, Equatable {
        /// All that the scheme's flaws usually are, without these.
        case allBut(Set<Int>)
        /// None but these.
        case only(Set<Int>)
    }

    /// Why a text is not a table.
    package struct Mistake: Error, Sendable {
        /// The line, counted from 1.
        package let line: Int
        /// What was expected.
        package let reason: String
    }

    /// Reads a table.
    package init(_ text: [UInt8]) throws(Mistake) {
        var cases = [String]()
        var flaws = [Flaw]()
        var usuallyJudged = [String: Set<Int>]()
        for (place, line) in text.split(separator: 0x0A).enumerated() {
            let words = line.split(separator: 0x20, maxSplits: 2).map { String(decoding: $0, as: UTF8.self) }
            func mistake(_ reason: String) -> Mistake { Mistake(line: place + 1, reason: reason) }
            switch (words.first, words.count) {
            case ("case", 2): cases.append(words[1])
            case ("scheme", 3):
                guard let numbers = Self.numbers(words[2][...], below: cases.count) else {
                    throw mistake("expected numbers of cases")
                }
                usuallyJudged[words[1]] = Set(numbers)
            case ("flaw", 3): flaws.append(Flaw(id: words[1], explanation: words[2]))
            case ("in", 3):
                guard !flaws.isEmpty else { throw mistake("a pattern without its flaw") }
                let pattern: Pattern
                do throws(Unreadable) {
                    pattern = try Self.pattern(words[2], below: cases.count)
                } catch {
                    throw mistake(error.rawValue)
                }
                for scheme in words[1].split(separator: ",") {
                    flaws[flaws.count - 1].patterns[String(scheme)] = pattern
                }
            default: throw mistake("expected a case, a scheme, a flaw or a pattern")
            }
        }
        self.cases = cases
        self.flaws = flaws
        self.usuallyJudged = usuallyJudged
    }

    /// Why a line is not a pattern.
    private enum Unreadable: String, Error {
        case part = "expected a harm and numbers of cases"
        case harm = "no such harm"
    }

    private static func pattern(_ text: String, below limit: Int) throws(Unreadable) -> Pattern {
        var pattern = Pattern()
        for part in text.split(separator: " ") {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2, let numbers = numbers(sides[1], below: limit) else { throw .part }
            switch sides[0] {
            case "judged": pattern.met = .only(Set(numbers))
            case "unknown": pattern.met = .allBut(Set(numbers))
            default:
                guard let harm = Harm(rawValue: String(sides[0])) else { throw .harm }
                for number in numbers { pattern.harms[number] = harm }
            }
        }
        return pattern
    }

    /// Returns whether it is known what a flaw does with a case of a scheme.
    func isKnown(_ number: Int, to pattern: Pattern, scheme: String) -> Bool {
        if pattern.harms[number] != nil { return true }
        return switch pattern.met {
        case .only(let numbers): numbers.contains(number)
        case .allBut(let numbers): usuallyJudged[scheme]?.contains(number) == true && !numbers.contains(number)
        }
    }

    /// Reads ranges such as `3-7,12`, or nothing at all.
    private static func numbers(_ text: Substring, below limit: Int) -> [Int]? {
        var numbers = [Int]()
        for range in text.split(separator: ",") {
            let ends = range.split(separator: "-").map { ASCII.decimal($0.utf8).flatMap { Int(exactly: $0) } }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last, last < limit else {
                return nil
            }
            numbers += first...last
        }
        return numbers
    }

    /// The table that this build carries.
    package static let embedded: CauseTable = {
        do throws(Mistake) {
            return try CauseTable(PackageResources.causes_txt)
        } catch {
            preconditionFailure("line \(error.line) of the embedded table of causes: \(error.reason)")
        }
    }()
}
