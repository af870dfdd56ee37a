internal import Bytes
internal import Cryptography
internal import ReportModel
package import Schemes
internal import Synchronization
package import Transport

/// Serves the OpenID document and the set of keys by which an endpoint verifies the tokens of a run.
///
/// An endpoint that is pointed at it can accept tokens that the vendor did not make; it learns nothing but public keys.
package final class KeySetServer: Sendable {
    /// Where the OpenID document stands, as at `login.botframework.com`.
    package static let documentPath = "/v1/.well-known/openidconfiguration"
    /// Where the set of keys stands.
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
        // A token under this key is refused by whoever asks for endorsements, and by nobody else (I05).
        let keys = ServedKeys([key], ofAnotherChannel: other.flatMap(Self.publicKey).map { [$0] } ?? [])
        self.keys = keys
        self.address = address
        server = HTTPServer(port: address.port, host: address.host) { request in
            guard request.method.elementsEqual("GET".utf8) else {
                return .answer(HTTPResponse(status: 405, headers: Headers([HeaderField("Allow", "GET")])))
            }
            switch String(decoding: request.target.prefix { $0 != UInt8(ascii: "?") }, as: UTF8.self) {
            case Self.documentPath, "/.well-known/openid-configuration":
                // The name by which the endpoint came here is the one by which it finds the keys too.
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

    /// How often the set of keys was fetched.
    var fetches: Int { keys.fetches }

    /// Adds a fresh key to the set.
    ///
    /// - Returns: its private half, which stands nowhere else; `nil` when none could be made.
    func addKey() -> [UInt8]? {
        guard let key = try? RSAPrivateKey.generate() else { return nil }
        keys.add(key.publicKey)
        return key.der
    }

    /// Takes a key that was added out of the set.
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

/// A set of keys that changes while it is served.
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

    /// Gives the document, and counts that it was given.
    func fetch() -> JSON {
        let keys = state.withLock { state in
            state.fetches += 1
            return state.keys
        }
        return JWKS.json(keys, ofAnotherChannel: others)
    }
}
