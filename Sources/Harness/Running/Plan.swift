package import Catalogue
internal import ReportModel

/// The selected cases of a run, in catalogue order.
package struct Plan: Sendable {
    /// The cases.
    package var cases: [Case]

    /// Creates a plan.
    package init(cases: [Case]) { self.cases = cases }

    /// The probes, each with its place in the plan.
    var probes: [(place: Int, testCase: Case, probe: Probe)] {
        cases.enumerated().compactMap { place, testCase in
            testCase.probe.map { (place: place, testCase: testCase, probe: $0) }
        }
    }

    /// The scenarios, each with its place in the plan.
    var scenarios: [(place: Int, testCase: Case, scenario: Scenario)] {
        cases.enumerated().compactMap { place, testCase in
            testCase.procedure.scenario.map { (place: place, testCase: testCase, scenario: $0) }
        }
    }
}
