package import Catalogue
internal import Harness
internal import Reference
internal import ReportModel
package import Schemes
internal import Subjects
internal import Transport

/// A scenario, run to show what it does.
package enum Demonstration {
    /// Runs a case against the sound reference endpoint, on a fast clock.
    /// - Returns: its steps, one line each, with the seconds since its start on this machine's clock; empty when the
    ///   endpoint lacks what it needs or can't be started, or when it waits longer than a run does.
    package static func steps(of testCase: Case, in scheme: Scheme) -> [String] {
        let report = try? SelftestRun.demonstration(of: testCase, scheme)
        return report?.record.evidence[testCase.id]?.steps ?? []
    }
}
