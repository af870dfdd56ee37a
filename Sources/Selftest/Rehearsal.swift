package import Catalogue
internal import Harness
internal import Reference
internal import ReportModel
package import Schemes
internal import Transport

/// A case of several requests, played for whoever wants to know what it does.
package enum Rehearsal {
    /// Plays a scenario against the sound reference endpoint, on a fast clock.
    ///
    /// - Returns: what it did, a line each, with the seconds since its start on the clock of this machine; nothing when
    ///   that endpoint does not have what it needs or can't be there, or when it waits longer than a run does.
    package static func steps(of scenario: Scenario, in scheme: Scheme) -> [String] {
        let report = try? SelftestRun.rehearsal(of: scenario, scheme)
        return report?.timing.evidence[scenario.id]?.steps ?? []
    }
}
