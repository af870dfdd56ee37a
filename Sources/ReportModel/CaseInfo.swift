package import Schemes

/// The description of a case: the same in the catalogue, in a plan and in a result.
package struct CaseInfo: Sendable, Hashable {
    /// The stable, path-like name: family and name, such as `timestamp/future-one-year`.
    package let id: String
    /// What a sound endpoint does, in one sentence.
    package let title: String
    /// How much it demands: in the catalogue the most for any scheme, in a result the level for the run's scheme.
    package var level: Level
    /// Its topic; a failure breaks the scheme's clauses on this topic.
    package let topic: Topic
    /// How bad a failure is.
    package var severity: Severity
    /// CWE numbers of the weaknesses that a failure reveals.
    package var cwe: [Int]
    /// Entries of the flaw catalogue that it covers, such as `E07`.
    package let covers: [String]
    /// Why it matters.
    package var why: String
    /// How to fix a failure.
    package var fix: String

    /// Creates the description of a case.
    package init(
        id: String, title: String, level: Level, topic: Topic, severity: Severity, cwe: [Int], covers: [String],
        why: String, fix: String
    ) {
        self.id = id
        self.title = title
        self.level = level
        self.topic = topic
        self.severity = severity
        self.cwe = cwe
        self.covers = covers
        self.why = why
        self.fix = fix
    }

    /// The first part of the id.
    package var family: String { String(id.prefix { $0 != "/" }) }
}
