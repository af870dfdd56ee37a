/// Every flaw there is.
package enum FlawRegistry {
    /// The flaws, family by family.
    package static let all: [Flaw] = [
        PresenceFlaws.all, TrustFlaws.all, KeyFlaws.all, SignatureFlaws.all, AlgorithmFlaws.all, BodyFlaws.all,
        TimestampFlaws.all,
        HeaderFlaws.all, ContractFlaws.all, TransportFlaws.all, HandshakeFlaws.all, TokenFlaws.all,
        TokenClaimsFlaws.all, EdwardsFlaws.all, SampleFlaws.all, ReplayFlaws.all, VerdictFlaws.all, LimitFlaws.all,
        RotationFlaws.all, TenancyFlaws.all,
        LifecycleFlaws.all,
    ].flatMap(\.self)

    /// Returns the flaw with this id, or `nil`.
    package static func named(_ id: String) -> Flaw? { all.first { $0.id == id } }
}
