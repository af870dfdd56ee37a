internal import Bytes
internal import ReportModel
package import Schemes

/// The fixed clock, secret and id of the vectors. All of it is published: never use it for real.
package enum VectorContext {
    /// The clock of every vector, in Unix seconds: 2023-11-14T22:13:20Z.
    package static let clock: Int64 = 1_700_000_000
    /// The name of every vector's delivery, from which its id follows.
    private static let delivery = "evt_00000000000000000001"
    /// The text of every payload.
    package static let text = "Countersign conformance test, please ignore"
    /// The `Host` header's value.
    package static let authority = "endpoint.example"

    /// The token that the reference endpoint's administrative interfaces require.
    package static let adminToken = "countersign-published-admin-token"

    /// Returns the secret of a scheme's vectors.
    package static func secret(of scheme: Scheme) -> Secret { published("\(scheme.id) vectors", scheme) }

    /// Returns the secret of the reference endpoint's second bridge.
    package static func secondSecret(of scheme: Scheme) -> Secret {
        published("\(scheme.id) \(SecretRule.secondBridge)", scheme)
    }

    /// Returns the path of the reference endpoint's second bridge.
    ///
    /// - Returns: the payload's path with another bridge's id in it, or with an additional segment when it contains no
    ///   id.
    package static func secondPath(of payload: Payload) -> String {
        let path = Array(payload.path.utf8)
        guard let id = ASCII.firstRange(of: Array("br_countersign".utf8), in: path) else {
            return payload.path + "/second"
        }
        return String(decoding: path[..<id.lowerBound] + "br_second".utf8 + path[id.upperBound...], as: UTF8.self)
    }

    private static func published(_ label: String, _ scheme: Scheme) -> Secret {
        let text = scheme.signature.secret.publishedSecret(label)
        do throws(SecretError) {
            return try Secret(text, rule: scheme.signature.secret)
        } catch {
            preconditionFailure("the published secret of \(scheme.id) does not decode: \(error)")
        }
    }

    /// Returns the published value of each credential of a scheme, and of the audience of its tokens.
    package static func credentials(of scheme: Scheme) -> [String: [UInt8]] {
        Dictionary(
            uniqueKeysWithValues: scheme.valueNames.map { ($0, Array("published-\($0)-never-for-use".utf8)) })
    }

    /// Returns the context of a scheme's vectors.
    package static func context(of scheme: Scheme, payload: Payload? = nil) -> RequestContext {
        let payload = payload ?? scheme.payloads[0]
        return RequestContext(
            scheme: scheme, payload: payload, secret: secret(of: scheme), credentials: credentials(of: scheme),
            now: clock, eventID: scheme.eventIDForm.id(of: delivery), text: text, authority: authority,
            target: payload.path)
    }
}
