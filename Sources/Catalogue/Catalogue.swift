public import Schemes

/// Every case there is.
public enum Catalogue {
    /// The cases, family by family, in the order in which they are run and listed.
    public static let all: [Case] = [
        ControlFamily.cases, PresenceFamily.cases, SignatureFamily.cases, AlgorithmFamily.cases, BodyFamily.cases,
        TimestampFamily.cases, HeaderFamily.cases, ContractFamily.cases, TransportFamily.cases, HandshakeFamily.cases,
        EdwardsFamily.cases, TokenFamily.cases,
    ].flatMap { $0 }

    /// Gives the cases that make sense for a scheme.
    public static func cases(for scheme: Scheme) -> [Case] { all.filter { $0.applies(to: scheme) } }

    /// Gives the case with this id, or `nil`.
    public static func named(_ id: String) -> Case? { all.first { $0.id == id } }
}
