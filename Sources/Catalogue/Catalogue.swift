internal import ReportModel
package import Schemes

/// Every case there is.
package enum Catalogue {
    /// The cases of one probe, family by family, in the order in which they are run and listed.
    package static let all: [Case] = [
        ControlFamily.cases, PresenceFamily.cases, SignatureFamily.cases, AlgorithmFamily.cases, BodyFamily.cases,
        TimestampFamily.cases, HeaderFamily.cases, ContractFamily.cases, TransportFamily.cases, HandshakeFamily.cases,
        EdwardsFamily.cases, TokenFamily.cases,
    ].flatMap { $0 }

    /// The cases of several requests, family by family.
    package static let scenarios: [Scenario] = [
        ReplayFamily.scenarios, RotationFamily.scenarios, TenancyFamily.scenarios, LifecycleFamily.scenarios,
        TokenFamily.keySet,
    ].flatMap { $0 }

    /// Every case of either kind.
    package static var descriptions: [any CaseDescription] { all as [any CaseDescription] + scenarios }

    /// Gives the cases that make sense for a scheme.
    package static func cases(for scheme: Scheme) -> [Case] { all.filter { $0.applies(to: scheme) } }

    /// Gives the scenarios that make sense for a scheme.
    package static func scenarios(for scheme: Scheme) -> [Scenario] { scenarios.filter { $0.applies(to: scheme) } }

    /// Gives the cases of either kind that make sense for a scheme.
    package static func descriptions(for scheme: Scheme) -> [any CaseDescription] {
        cases(for: scheme) as [any CaseDescription] + scenarios(for: scheme)
    }

    /// Gives what a case of either kind says of itself, or `nil`.
    package static func description(of id: String) -> (any CaseDescription)? { descriptions.first { $0.id == id } }

    /// Gives the case with this id, or `nil`.
    package static func named(_ id: String) -> Case? { all.first { $0.id == id } }
}
