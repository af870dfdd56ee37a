internal import Catalogue
internal import Harness
internal import Reference
internal import ReportModel
internal import Subjects

/// The table from which a run names the causes of failures: what each flaw gets wrong in each scheme.
///
/// A text, small enough to be part of the build. Its lines:
/// - `case ID`: the cases, numbered from 0 in catalogue order.
/// - `scheme NAME NUMBERS`: the cases that are judged against the sound endpoint of a scheme.
/// - `flaw ID EXPLANATION`: a flaw; the lines after it are about it.
/// - `in SCHEMES forgery=NUMBERS … unknown=NUMBERS`: the cases that fail in these schemes, by impact, and those of the
///   scheme that were not judged.
///
/// Numbers are written as ranges such as `3-7,12`.
extension KillMatrix {
    package var causes: [UInt8] {
        let known = Set(rows.flatMap { $0.judged.union($0.impacts.keys) })
        let cases = Catalogue.all.map(\.id).filter(known.contains)
        let numbers = Dictionary(uniqueKeysWithValues: cases.enumerated().map { ($1, $0) })
        let sound = Dictionary(
            rows.filter { $0.flaw == nil }.map { ($0.scheme, $0.judged) }, uniquingKeysWith: { first, _ in first })
        var lines = cases.map { "case \($0)" }
        lines += rows.filter { $0.flaw == nil }.map {
            "scheme \($0.scheme) \(Self.ranges($0.judged.compactMap { numbers[$0] }))"
        }
        for (_, rows) in rowsByFlaw {
            guard let flaw = rows.first?.flaw else { continue }
            lines.append("flaw \(flaw.id) \(flaw.explanation)")
            // Schemes in which a flaw gets the same wrong share a line.
            var patterns = [(pattern: String, schemes: [String])]()
            for row in rows where !row.impacts.isEmpty {
                let pattern = Self.pattern(row, unknown: (sound[row.scheme] ?? []).subtracting(row.judged), numbers)
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

    private static func pattern(_ row: Row, unknown: Set<String>, _ numbers: [String: Int]) -> String {
        var parts = Impact.allCases.compactMap { impact -> String? in
            let failed = row.impacts.filter { $0.value == impact }.compactMap { numbers[$0.key] }
            return failed.isEmpty ? nil : "\(impact.rawValue)=\(ranges(failed))"
        }
        let unjudged = unknown.compactMap { numbers[$0] }
        if !unjudged.isEmpty { parts.append("unknown=\(ranges(unjudged))") }
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
