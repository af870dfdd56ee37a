package import ReportModel
package import Schemes

/// What every case states about itself, whether it sends one probe (`Case`) or several requests (`Scenario`).
package protocol CaseDescription: Sendable {
    /// The stable, path-like id: family and name.
    var id: String { get }
    /// What a sound endpoint does, in one sentence.
    var title: String { get }
    /// The highest level it can have. A scheme whose document asks for less lowers it: see `level(in:)`.
    var ceiling: Level { get }
    /// The subject; a failure breaks the scheme's clauses on it.
    var topic: Topic { get }
    /// How bad a failure is.
    var severity: Severity { get }
    /// The kinds of weakness, as CWE numbers.
    var cwe: [Int] { get }
    /// The entries of the flaw catalogue that it covers, such as `E07`.
    var covers: [String] { get }
    /// What a scheme must have for the case to apply.
    var needs: [Need] { get }
    /// Why it matters.
    var why: String { get }
    /// How to fix a failure.
    var fix: String { get }
    /// The smallest profile that runs it.
    var profile: Profile { get }
    /// Why the case is kept although it catches no flaw of the reference endpoint; `nil` for every other case.
    var keptFor: Keeping? { get }
}

extension CaseDescription {
    /// The first segment of the id.
    package var family: String { String(id.prefix { $0 != "/" }) }

    /// Whether the case applies to a scheme.
    package func applies(to scheme: Scheme) -> Bool { needs.allSatisfy { $0.isMet(by: scheme) } }

    /// Returns the level of the case for an endpoint of a scheme.
    ///
    /// A `must` rests on a clause of the document, or on HTTP itself. Where the document is silent, the case is a
    /// `should`; where it leaves the matter open or merely permits it, a `may` (honesty rule 6).
    package func level(in scheme: Scheme) -> Level { ceiling.asked(on: topic, by: scheme) }
}
