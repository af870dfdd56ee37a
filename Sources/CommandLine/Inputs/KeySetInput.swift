internal import Arguments
internal import Harness
internal import Schemes
internal import Transport

/// Where a run serves the keys of its tokens.
enum KeySetInput {
    static let listen = Option(
        "jwks-listen", value: "host:port", .keySetAddress,
        help: "Serve the OpenID document and the keys of the tokens at this address while the run lasts; a port alone "
            + "means loopback.", group: "Target")

    /// Prepares the server that was asked for; `nil` when none was.
    static func server(_ parsed: ParsedCommand, _ configuration: RunConfiguration) throws -> KeySetServer? {
        guard let address = try parsed[listen] else { return nil }
        guard configuration.scheme.token != nil else {
            throw parsed.error(
                "The scheme \(configuration.scheme.id) has no tokens, so there are no keys to serve with --jwks-listen."
            )
        }
        guard let server = KeySetServer(scheme: configuration.scheme, secret: configuration.secret, address: address)
        else { throw CommandError.input("the secret is not a key with a public half that can be served") }
        return server
    }

    /// Starts the server, and says where it listens.
    static func start(_ server: KeySetServer) throws {
        let authority = server.address.authority
        do throws(ServerError) {
            try server.start()
        } catch {
            throw CommandError.input("the keys can't be served at \(authority): \(error)")
        }
        Console.err("keys: http://\(authority)\(KeySetServer.documentPath), until the run ends")
    }
}

extension ValueForm<TargetURL> {
    /// A port, or an address in digits and a port.
    static let keySetAddress = ValueForm { text throws(InvalidValue) in
        let full = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? "127.0.0.1:\(text)" : text
        // Read as an HTTP address, which is strict; a port that was left out is not guessed.
        let named = full == "localhost" || full.hasPrefix("localhost:") ? "127.0.0.1" + full.dropFirst(9) : full
        guard let url = try? TargetURL("http://\(named)"), url.target == "/", named.hasSuffix(":\(url.port)"),
            url.isAddress
        else {
            throw InvalidValue(
                "Write a port, or an address in digits and a port, such as 127.0.0.1:9000 or 0.0.0.0:9000.")
        }
        return url
    }
}
