package import ReportModel
package import Schemes

/// What every case says of itself: a recipe for one probe (`Case`), or a scenario of several requests (`Scenario`).
package protocol CaseDescription: Sendable {
    /// The stable, path-like name: family and name.
    var id: String { get }
    /// What a sound endpoint does, in one sentence.
    var title: String { get }
    /// The most that is asked. A scheme whose document says less, asks less: see `level(in:)`.
    var ceiling: Level { get }
    /// What it is about; the scheme's clauses on it are those that a failure breaks.
    var topic: Topic { get }
    /// How bad a failure is.
    var severity: Severity { get }
    /// The kinds of weakness (CWE numbers).
    var cwe: [Int] { get }
    /// The entries of the flaw catalogue that it covers, such as `E07`.
    var covers: [String] { get }
    /// What a scheme must have for the case to make sense.
    var needs: [Need] { get }
    /// Why it matters.
    var why: String { get }
    /// How to mend a failure.
    var fix: String { get }
    /// The smallest profile that runs it.
    var profile: Profile { get }
    /// Why it stays although no flaw of the reference endpoint needs it to be caught; `nil` for every other case.
    var keptFor: Keeping? { get }
}

extension CaseDescription {
    /// The first part of the id.
    package var family: String { String(id.prefix { $0 != "/" }) }

    /// Tells whether the case makes sense for a scheme.
    package func applies(to scheme: Scheme) -> Bool { needs.allSatisfy { $0.isMet(by: scheme) } }

    /// Gives how much the case asks of an endpoint of a scheme.
    ///
    /// A `must` stands on a clause of the document, or on HTTP itself. Where the document is silent it is a `should`;
    /// where it leaves the matter open, or only permits it, a `may` (honesty rule 6).
    package func level(in scheme: Scheme) -> Level { ceiling.asked(on: topic, by: scheme) }
}
