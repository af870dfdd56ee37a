internal import Catalogue
internal import Diagnosis
internal import Harness
internal import Reference
internal import ReportModel
internal import Subjects

/// The table from which a run names the causes of failures: what each flaw gets wrong in each scheme.
///
/// A text, small enough to be part of the build. Its lines:
/// - `case ID`: the cases, numbered from 0 in catalogue order.
/// - `scheme NAME NUMBERS`: the cases of a scheme that most of its flaws were judged by.
/// - `flaw ID EXPLANATION`: a flaw; the lines after it are about it.
/// - `in SCHEMES forgery=NUMBERS … unknown=NUMBERS`: the cases that fail in these schemes, by harm, and those of the
///   scheme that were not judged. Where few were judged, `judged=NUMBERS` says which of them were met.
///
/// Numbers are written as ranges such as `3-7,12`.
extension KillMatrix {
    package var causes: [UInt8] {
        let known = Set(rows.flatMap { $0.judged.union($0.harms.keys) })
        let cases = Catalogue.all.map(\.id).filter(known.contains)
        let numbers = Dictionary(uniqueKeysWithValues: cases.enumerated().map { ($1, $0) })
        let usual = usuallyJudged
        var lines = cases.map { "case \($0)" }
        lines += rows.filter { $0.flaw == nil }.map {
            "scheme \($0.scheme) \(Self.ranges(usual[$0.scheme, default: []].compactMap { numbers[$0] }))"
        }
        for (_, rows) in rowsByFlaw {
            guard let flaw = rows.first?.flaw else { continue }
            lines.append("flaw \(flaw.id) \(flaw.explanation)")
            // Schemes in which a flaw gets the same wrong share a line.
            var patterns = [(pattern: String, schemes: [String])]()
            for row in rows where !row.harms.isEmpty {
                let pattern = Self.pattern(row, usuallyJudged: usual[row.scheme, default: []], numbers)
                if let place = patterns.firstIndex(where: { $0.pattern == pattern }) {
                    patterns[place].schemes.append(row.scheme)
                } else {
                    patterns.append((pattern, [row.scheme]))
                }
            }
            lines += patterns.map { "in \($0.schemes.joined(separator: ",")) \($0.pattern)" }
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// The cases that most flaws of a scheme were judged by, by its name. What shows on the wire only is judged in
    /// process for no flaw, and so is not among them.
    private var usuallyJudged: [String: Set<String>] {
        Dictionary(grouping: rows.filter { $0.flaw != nil && !$0.harms.isEmpty }, by: \.scheme).mapValues { rows in
            var counts = [String: Int]()
            for row in rows { for id in row.judged { counts[id, default: 0] += 1 } }
            return Set(counts.filter { 2 * $0.value > rows.count }.keys)
        }
    }

    private static func pattern(_ row: Row, usuallyJudged: Set<String>, _ numbers: [String: Int]) -> String {
        func ranges(_ ids: some Sequence<String>) -> String { Self.ranges(ids.compactMap { numbers[$0] }) }
        var parts = (Impact.allCases.map(Harm.answer) + [.effect]).compactMap { harm -> String? in
            let failed = row.harms.filter { $0.value == harm }.keys
            return failed.isEmpty ? nil : "\(harm.rawValue)=\(ranges(failed))"
        }
        let judged = row.judged.intersection(usuallyJudged).subtracting(row.harms.keys)
        let unknown = usuallyJudged.subtracting(row.judged)
        if judged.count < unknown.count {
            parts.append("judged=\(ranges(judged))")
        } else if !unknown.isEmpty {
            parts.append("unknown=\(ranges(unknown))")
        }
        return parts.joined(separator: " ")
    }

    private static func ranges(_ numbers: [Int]) -> String {
        var ranges = [ClosedRange<Int>]()
        for number in numbers.sorted() {
            if let last = ranges.last, last.upperBound + 1 == number {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ",")
    }
}
