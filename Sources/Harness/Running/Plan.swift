package import Catalogue
internal import ReportModel

/// The cases that a run was asked for.
package struct Plan: Sendable {
    /// Those of one probe, in the order of the catalogue.
    package var cases: [Case]
    /// Those of several requests, in the order of the catalogue.
    package var scenarios: [Scenario]

    /// Creates a plan.
    package init(cases: [Case], scenarios: [Scenario] = []) {
        self.cases = cases
        self.scenarios = scenarios
    }

    /// What every case says of itself, in the order of the report.
    package var descriptions: [any CaseDescription] { cases as [any CaseDescription] + scenarios }

    /// The ids in the same order.
    package var ids: [String] { cases.map(\.id) + scenarios.map(\.id) }

    /// How many cases there are.
    package var count: Int { cases.count + scenarios.count }

    /// Gives every n-th case, beginning at a place.
    package func part(_ place: Int, of count: Int) -> Plan {
        let chosen = Set(ids.enumerated().filter { $0.offset % count == place }.map(\.element))
        return Plan(
            cases: cases.filter { chosen.contains($0.id) }, scenarios: scenarios.filter { chosen.contains($0.id) })
    }
}
