public import Catalogue
public import Schemes

/// A case of several requests, played for whoever wants to know what it does.
public enum Rehearsal {
    /// Plays a scenario against the sound reference endpoint, on a fast clock.
    ///
    /// - Returns: what it did, a line each, with the seconds since its start on the clock of this machine; nothing when
    ///   that endpoint does not have what it needs or can't be there, or when it waits longer than a run does.
    public static func steps(of scenario: Scenario, in scheme: Scheme) -> [String] {
        let report = try? SelftestRun.rehearsal(of: scenario, scheme)
        return report?.timing.evidence[scenario.id]?.steps ?? []
    }
}
