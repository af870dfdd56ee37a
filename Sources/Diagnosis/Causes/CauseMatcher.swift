package import ReportModel

/// Names the causes of what a run found: the flaws whose failures are those of the target.
///
/// The flaw whose pattern fits best is named, what it explains is taken away, and the rest is matched again. A flaw
/// that would have failed cases which the target met fits less; one that contradicts too many of them is not named, and
/// neither is one of many that fit equally (honesty rule 14).
package struct CauseMatcher: Sendable {
    private let table: CauseTable
    private let numbers: [String: Int]

    /// The least share of a flaw's failures that must show.
    private static let leastPrecision = 0.85
    /// The least share of what is left to explain that a cause explains: small patterns fit by chance.
    private static let leastShare = 0.25
    /// The most causes that are named.
    private static let mostCauses = 5
    /// The most flaws that may fit equally well.
    private static let mostTied = 4

    /// Creates a matcher.
    package init(_ table: CauseTable = .embedded) {
        self.table = table
        numbers = Dictionary(table.cases.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What a run found: the harm by each judged case's number, `nil` where it was met.
    private func findings(_ report: Report) -> [Int: Harm?] {
        var findings = [Int: Harm?]()
        for result in report.cases {
            switch result.outcome {
            case .pass, .fail, .warn, .note, .waived:
                if let number = numbers[result.id] { findings[number] = .some(Harm(of: result)) }
            case .inconclusive, .skipped: break
            }
        }
        return findings
    }

    /// Returns the causes of a report's findings, the one that explains most first; none where the verdicts do not
    /// follow from the requests. An endpoint that accepts each wrong signature does decide, though always the same.
    package func causes(of report: Report) -> [Diagnosis] {
        let isSteady = report.cases.allSatisfy { !$0.isUnsteady || $0.reason == .unsteady(.wrongSignatureAccepted) }
        guard report.cause == nil, report.complete, isSteady else { return [] }
        return causes(of: findings(report), scheme: report.run.scheme)
    }

    /// A flaw beside findings.
    private struct Fit {
        let flaw: CauseTable.Flaw
        let explained: [Int]
        let contradicting: [Int]
        let score: Double
        let precision: Double
    }

    private func causes(of findings: [Int: Harm?], scheme: String) -> [Diagnosis] {
        var rest = findings.compactMapValues(\.self)
        var causes = [Diagnosis]()
        while !rest.isEmpty, causes.count < Self.mostCauses {
            let best = best(among: rest, findings, scheme)
            guard let first = best.first, best.count <= Self.mostTied else { break }
            causes.append(
                Diagnosis(
                    .flaws(best.map { Diagnosis.Flaw(id: $0.flaw.id, explanation: $0.flaw.explanation) }),
                    explains: first.explained.map { table.cases[$0] },
                    contradicts: first.contradicting.map { table.cases[$0] }))
            for number in first.explained { rest[number] = nil }
            // What the cause may explain as well is given to no other: nobody knows.
            rest = rest.filter { number, _ in
                best.allSatisfy { fit in
                    fit.flaw.patterns[scheme].map { table.isKnown(number, to: $0, scheme: scheme) } ?? true
                }
            }
        }
        return causes
    }

    /// Returns the flaws that fit best: several when they explain the same equally well.
    private func best(among rest: [Int: Harm], _ findings: [Int: Harm?], _ scheme: String) -> [Fit] {
        let fits = table.flaws.compactMap { fit($0, rest, findings, scheme) }
        guard let score = fits.map(\.score).max() else { return [] }
        let best = fits.filter { score - $0.score < 1e-9 }
        return best.filter { $0.explained == best[0].explained }
    }

    private func fit(
        _ flaw: CauseTable.Flaw, _ rest: [Int: Harm], _ findings: [Int: Harm?], _ scheme: String
    ) -> Fit? {
        guard let pattern = flaw.patterns[scheme] else { return nil }
        var explained = [Int]()
        var contradicting = [Int]()
        for (number, harm) in pattern.harms.sorted(by: { $0.key < $1.key }) {
            guard let found = findings[number] else { continue }
            if rest[number] == harm {
                explained.append(number)
            } else if found == nil {
                contradicting.append(number)
            }
        }
        let right = Double(explained.count)
        guard right >= Double(rest.count) * Self.leastShare else { return nil }
        let precision = right / (right + Double(contradicting.count))
        guard precision >= Self.leastPrecision, explained.count > 1 || precision == 1 else { return nil }
        // What a flaw gets wrong beyond its cases counts for less than what it would have got wrong and did not.
        let recall = right / Double(rest.count)
        let score = 1.25 * precision * recall / (0.25 * precision + recall)
        return Fit(
            flaw: flaw, explained: explained, contradicting: contradicting, score: score, precision: precision)
    }

    // MARK: Telling cases

    /// The most cases that are run only to tell causes apart.
    private static let mostTelling = 8

    /// Returns cases that were not judged and on which causes that fit equally well differ.
    package func tellingCases(for report: Report) -> [String] {
        let findings = findings(report)
        var chosen = [Int]()
        for case .flaws(let flaws) in causes(of: report).map(\.finding) where flaws.count > 1 {
            let patterns = flaws.compactMap { flaw in
                table.flaws.first { $0.id == flaw.id }?.patterns[report.run.scheme]
            }
            for number in Set(patterns.flatMap(\.harms.keys)).sorted()
            where findings[number] == nil && !chosen.contains(number) {
                let known = patterns.allSatisfy { table.isKnown(number, to: $0, scheme: report.run.scheme) }
                if known, Set(patterns.map { $0.harms[number] }).count > 1 { chosen.append(number) }
            }
        }
        return chosen.prefix(Self.mostTelling).map { table.cases[$0] }
    }
}
