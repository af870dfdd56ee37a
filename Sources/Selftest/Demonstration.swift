package import Catalogue
internal import Harness
internal import Reference
internal import ReportModel
package import Schemes
internal import Subjects
internal import Transport

/// A case of several requests, run to show what it does.
package enum Demonstration {
    /// Runs a case against the sound reference endpoint, on a fast clock.
    ///
    /// - Returns: what it did, a line each, with the seconds since its start on the clock of this machine; nothing when
    ///   that endpoint does not have what it needs or can't be there, or when it waits longer than a run does.
    package static func steps(of testCase: Case, in scheme: Scheme) -> [String] {
        let report = try? SelftestRun.demonstration(of: testCase, scheme)
        return report?.record.evidence[testCase.id]?.steps ?? []
    }
}
