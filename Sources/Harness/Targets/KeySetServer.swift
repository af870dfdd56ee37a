internal import Bytes
internal import Cryptography
internal import ReportModel
package import Schemes
internal import Synchronization
package import Transport

/// Serves the OpenID document and the key set with which an endpoint verifies the tokens of a run.
/// An endpoint configured to use it accepts tokens that the vendor did not issue; it learns only public keys.
package final class KeySetServer: Sendable {
    /// The path of the OpenID document, as at `login.botframework.com`.
    package static let documentPath = "/v1/.well-known/openidconfiguration"
    /// The path of the key set.
    static let keysPath = "/v1/.well-known/keys"

    /// Where it listens.
    package let address: TargetURL
    private let server: HTTPServer
    private let keys: ServedKeys

    /// Prepares a server.
    ///
    /// - Parameters:
    ///   - scheme: a scheme with tokens; `nil` comes back for any other.
    ///   - secret: the private key that signs them.
    ///   - address: where to listen, an address in digits and a port.
    package init?(scheme: Scheme, secret: Secret, address: TargetURL) {
        guard let rule = scheme.token, let key = Self.publicKey(secret.key) else { return nil }
        let other = try? scheme.signature.secret.key(
            from: scheme.signature.secret.publishedSecret(SecretRule.otherChannel))
        // Only an endpoint that checks endorsements rejects a token under this key (I05).
        let keys = ServedKeys([key], ofAnotherChannel: other.flatMap(Self.publicKey).map { [$0] } ?? [])
        self.keys = keys
        self.address = address
        server = HTTPServer(port: address.port, host: address.host) { request in
            guard request.method.elementsEqual("GET".utf8) else {
                return .answer(HTTPResponse(status: 405, headers: Headers([HeaderField("Allow", "GET")])))
            }
            switch String(decoding: request.target.prefix { $0 != UInt8(ascii: "?") }, as: UTF8.self) {
            case Self.documentPath, "/.well-known/openid-configuration":
                // The host name that the endpoint used for this request leads to the keys too.
                let host = request.headers.first(named: "Host").map { String(decoding: $0, as: UTF8.self) }
                let url = "http://\(host ?? address.authority)\(Self.keysPath)"
                return Self.answer(OpenIDDocument.json(issuer: rule.issuer, jwksURL: url))
            case Self.keysPath: return Self.answer(keys.fetch())
            default: return .answer(HTTPResponse(status: 404))
            }
        }
    }

    /// Listens until `stop`.
    ///
    /// - Throws: `ServerError` when the port is taken or the address is not this machine's.
    package func start() throws(ServerError) { try server.start() }

    /// Closes the listener and every connection.
    package func stop() { server.stop() }

    /// How often the key set was fetched.
    var fetches: Int { keys.fetches }

    /// Adds a fresh key to the set.
    /// - Returns: its private half, which is kept nowhere else; `nil` when no key could be made.
    func addKey() -> [UInt8]? {
        guard let key = try? RSAPrivateKey.generate() else { return nil }
        keys.add(key.publicKey)
        return key.der
    }

    /// Removes an added key from the set.
    func withdrawKey(_ der: [UInt8]) {
        guard let key = Self.publicKey(der) else { return }
        keys.withdraw(key)
    }

    private static func publicKey(_ der: [UInt8]) -> RSAPublicKey? { (try? RSAPrivateKey.kept(der: der))?.publicKey }

    private static func answer(_ document: JSON) -> ServerAction {
        .answer(
            HTTPResponse(
                status: 200, headers: Headers([HeaderField("Content-Type", "application/json")]),
                body: document.serialized()))
    }
}

/// A key set that changes while it is served.
private final class ServedKeys: Sendable {
    private struct State {
        var keys: [RSAPublicKey]
        var fetches = 0
    }

    private let state: Mutex<State>
    private let others: [RSAPublicKey]

    init(_ keys: [RSAPublicKey], ofAnotherChannel others: [RSAPublicKey]) {
        state = Mutex(State(keys: keys))
        self.others = others
    }

    var fetches: Int { state.withLock { $0.fetches } }

    func add(_ key: RSAPublicKey) { state.withLock { $0.keys.append(key) } }

    func withdraw(_ key: RSAPublicKey) {
        let name = JSONWebKey.thumbprint(of: key)
        state.withLock { $0.keys.removeAll { JSONWebKey.thumbprint(of: $0) == name } }
    }

    /// Returns the document and counts the request.
    func fetch() -> JSON {
        let keys = state.withLock { state in
            state.fetches += 1
            return state.keys
        }
        return JWKS.json(keys, ofAnotherChannel: others)
    }
}
