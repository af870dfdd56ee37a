public import Schemes

/// The fixed clock, secret and id of the vectors. Everything here is published, and never for use.
public enum VectorContext {
    /// The clock of every vector, in Unix seconds: 2023-11-14T22:13:20Z.
    public static let clock: Int64 = 1_700_000_000
    /// The delivery id of every vector.
    public static let eventID = "evt_00000000000000000001"
    /// The text of every payload.
    public static let text = "Countersign conformance test, please ignore"
    /// The `Host` header's value.
    public static let authority = "endpoint.example"

    /// Gives the secret of a scheme's vectors.
    public static func secret(of scheme: Scheme) -> Secret {
        let text = scheme.signature.secret.publishedSecret("\(scheme.id) vectors")
        do throws(SecretError) {
            return try Secret(text, rule: scheme.signature.secret)
        } catch {
            preconditionFailure("the published secret of \(scheme.id) does not decode: \(error)")
        }
    }

    /// Gives the published value of each credential of a scheme, and of the audience of its tokens.
    public static func credentials(of scheme: Scheme) -> [String: [UInt8]] {
        Dictionary(
            uniqueKeysWithValues: scheme.valueNames.map { ($0, Array("published-\($0)-never-for-use".utf8)) })
    }

    /// Gives the context of a scheme's vectors.
    public static func context(of scheme: Scheme, payload: Payload? = nil) -> RequestContext {
        let payload = payload ?? scheme.payloads[0]
        return RequestContext(
            scheme: scheme, payload: payload, secret: secret(of: scheme), credentials: credentials(of: scheme),
            now: clock, eventID: eventID, text: text, authority: authority, target: payload.path)
    }
}
