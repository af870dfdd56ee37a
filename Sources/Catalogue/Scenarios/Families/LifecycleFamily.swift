internal import ReportModel
internal import Schemes

/// Bridges that are created, paused and deleted through the admin interface of the scheme's document.
///
/// Each scenario creates its own bridge, so the target stays as it was.
enum LifecycleFamily {
    static let cases = states + creation + answers

    static func scenario(
        _ id: String, _ severity: Severity, covers: [String], cwe: [Int], needs features: [Administration.Feature],
        also needs: [Requirement] = [], expects: Decision, level: Level = .must, _ title: String, why: String,
        fix: String,
        run: @escaping @Sendable (any ScenarioSession) throws -> Void
    ) -> Case {
        .scenario(
            id, level, .lifecycle, severity, covers: covers, cwe: cwe,
            needs: features.map(Requirement.administration) + needs + [.given(.administration)],
            expects: expects, title, why: why, fix: fix, run: run)
    }
}
