internal import Bytes
internal import ReportModel

/// What each flaw gets wrong in each scheme, as `countersign selftest --causes` measures it.
package struct CauseTable: Sendable {
    /// The cases, by their numbers.
    let cases: [String]
    /// The flaws with what they get wrong.
    let flaws: [Flaw]

    /// A flaw, and what it gets wrong.
    struct Flaw: Sendable {
        let id: String
        let explanation: String
        /// By the scheme's name.
        var patterns: [String: Pattern] = [:]
    }

    /// What a flaw gets wrong in a scheme.
    struct Pattern: Sendable {
        /// The impact on each case that fails, by its number.
        var impacts: [Int: Impact] = [:]
        /// The cases that were not judged.
        var unknown: Set<Int> = []
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
        for (place, line) in text.split(separator: 0x0A).enumerated() {
            let words = line.split(separator: 0x20, maxSplits: 2).map { String(decoding: $0, as: UTF8.self) }
            func mistake(_ reason: String) -> Mistake { Mistake(line: place + 1, reason: reason) }
            switch (words.first, words.count) {
            case ("case", 2): cases.append(words[1])
            case ("scheme", 2...): break
            case ("flaw", 3): flaws.append(Flaw(id: words[1], explanation: words[2]))
            case ("in", 3):
                guard !flaws.isEmpty else { throw mistake("a pattern without its flaw") }
                var pattern = Pattern()
                for part in words[2].split(separator: " ") {
                    let sides = part.split(separator: "=")
                    guard sides.count == 2, let numbers = Self.numbers(sides[1], below: cases.count) else {
                        throw mistake("expected an impact and numbers of cases")
                    }
                    if let impact = Impact(rawValue: String(sides[0])) {
                        for number in numbers { pattern.impacts[number] = impact }
                    } else if sides[0] == "unknown" {
                        pattern.unknown.formUnion(numbers)
                    } else {
                        throw mistake("no such impact")
                    }
                }
                for scheme in words[1].split(separator: ",") {
                    flaws[flaws.count - 1].patterns[String(scheme)] = pattern
                }
            default: throw mistake("expected a case, a scheme, a flaw or a pattern")
            }
        }
        self.cases = cases
        self.flaws = flaws
    }

    /// Reads ranges such as `3-7,12`.
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
