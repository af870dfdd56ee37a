internal import ReportModel
package import Schemes

/// Every case in the catalogue.
package enum Catalogue {
    /// The cases, family by family, in the order in which they are run and listed.
    package static let all: [Case] = [
        ControlFamily.cases, PresenceFamily.cases, SignatureFamily.cases, AlgorithmFamily.cases, BodyFamily.cases,
        TimestampFamily.cases, HeaderFamily.cases, ContractFamily.cases, TransportFamily.cases, HandshakeFamily.cases,
        EdwardsFamily.cases, TokenFamily.cases, ReplayFamily.cases, RotationFamily.cases, TenancyFamily.cases,
        LifecycleFamily.cases, RejectionFamily.cases, LimitsFamily.cases, TokenFamily.keySet, TimingFamily.cases,
        SenderFamily.cases,
    ].flatMap { $0 }

    /// Returns the cases about endpoints that make sense for a scheme.
    package static func cases(for scheme: Scheme) -> [Case] {
        all.filter { $0.procedure.sender == nil && $0.applies(to: scheme) }
    }

    /// Returns the cases about senders that make sense for a scheme.
    package static func senderCases(for scheme: Scheme) -> [Case] {
        all.filter { $0.procedure.sender != nil && $0.applies(to: scheme) }
    }

    /// Returns every case that makes sense for a scheme.
    package static func allCases(for scheme: Scheme) -> [Case] { all.filter { $0.applies(to: scheme) } }

    /// Returns the case with this id, or `nil`.
    package static func named(_ id: String) -> Case? { byID[id] }

    private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
}
