internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Subjects

extension Report {
    /// Puts in which requests ended the target: a failure of the case that each belongs to.
    mutating func add(_ outages: Outages, _ plan: Plan, _ environment: RunEnvironment) {
        for ending in outages.endings {
            guard let testCase = Self.testCase(of: ending.origin, plan, environment) else { continue }
            let place = cases.firstIndex { $0.id == testCase.id }
            let result = CaseResult(
                testCase, environment.configuration, impact: .crash, reason: .gone(ending.departure),
                observed: ending.sent?.summary, control: place.flatMap { cases[$0].control })
            if let place { cases[place] = result } else { cases.append(result) }
            keep(ending.sent, asEvidenceOf: testCase.id, environment)
        }
        if outages.isFinal { run.remarks.append(.notBack) }
    }

    /// The case that asks what the request asked; for the form of a request, the first that uses the form.
    private static func testCase(
        of origin: Outages.Suspect.Origin, _ plan: Plan, _ environment: RunEnvironment
    ) -> Case? {
        switch origin {
        case .testCase(let place): return plan.cases[place]
        case .nobody: return Catalogue.named("control/steady")
        case .feature(let feature):
            let user = plan.probes.first { planned in
                let request = planned.probe.probeRequest(environment.deliveries.next()).request
                return TransportFeature.used(by: request).contains(feature)
            }
            return user?.testCase ?? Catalogue.named("control/steady")
        }
    }
}
