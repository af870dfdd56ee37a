internal import ReportModel
package import Schemes

/// Every case in the catalogue.
package enum Catalogue {
    /// The cases that send one probe, family by family, in the order in which they run and are listed.
    package static let all: [Case] = [
        ControlFamily.cases, PresenceFamily.cases, SignatureFamily.cases, AlgorithmFamily.cases, BodyFamily.cases,
        TimestampFamily.cases, HeaderFamily.cases, ContractFamily.cases, TransportFamily.cases, HandshakeFamily.cases,
        EdwardsFamily.cases, TokenFamily.cases,
    ].flatMap { $0 }

    /// The cases that send several requests, family by family.
    package static let scenarios: [Scenario] = [
        ReplayFamily.scenarios, RotationFamily.scenarios, TenancyFamily.scenarios, LifecycleFamily.scenarios,
        TokenFamily.keySet,
    ].flatMap { $0 }

    /// Every case of either kind.
    package static var descriptions: [any CaseDescription] { all as [any CaseDescription] + scenarios }

    /// Returns the cases that apply to a scheme.
    package static func cases(for scheme: Scheme) -> [Case] { all.filter { $0.applies(to: scheme) } }

    /// Returns the scenarios that apply to a scheme.
    package static func scenarios(for scheme: Scheme) -> [Scenario] { scenarios.filter { $0.applies(to: scheme) } }

    /// Returns the cases of either kind that apply to a scheme.
    package static func descriptions(for scheme: Scheme) -> [any CaseDescription] {
        cases(for: scheme) as [any CaseDescription] + scenarios(for: scheme)
    }

    /// Returns the description of the case with this id, or `nil`.
    package static func description(of id: String) -> (any CaseDescription)? { descriptions.first { $0.id == id } }

    /// Returns the case with this id, or `nil`.
    package static func named(_ id: String) -> Case? { all.first { $0.id == id } }
}
