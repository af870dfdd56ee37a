internal import COpenSSL
internal import Synchronization

/// The certificate and key of a server.
package struct ServerIdentity: Sendable, Hashable {
    /// A PEM file with the certificate, followed by intermediate certificates.
    package var certificateFile: String
    /// A PEM file with the private key.
    package var keyFile: String
    /// Whether nothing after TLS 1.1 is offered.
    package var offersOldVersionsOnly: Bool

    /// Names the two files.
    package init(certificateFile: String, keyFile: String, offersOldVersionsOnly: Bool = false) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.offersOldVersionsOnly = offersOldVersionsOnly
    }
}

/// The owner of an `SSL_CTX`; OpenSSL lets threads make connections from it at once.
final class TLSContext: @unchecked Sendable {
    let raw: OpaquePointer
    /// Whether the certificate must be for the host.
    private(set) var checksName = true

    private init(_ method: OpaquePointer?) throws(TLSError) {
        ERR_clear_error()
        guard let context = SSL_CTX_new(method) else { throw TLSError(drainingQueueOr: "no TLS context") }
        raw = context
        guard countersign_ssl_ctx_set_minimum_tls12(context) == 1 else {
            throw TLSError(drainingQueueOr: "TLS 1.2 is not available")
        }
        countersign_ssl_ctx_allow_partial_writes(context)
    }

    deinit { SSL_CTX_free(raw) }

    private static let clients = Mutex<[TLSOptions: TLSContext]>([:])

    /// The context of all connections with these options. Reading the system's authorities takes longer than many
    /// handshakes, so it is done once.
    static func client(_ options: TLSOptions) throws(TLSError) -> TLSContext {
        try clients.withLock { (clients) throws(TLSError) in
            if let known = clients[options] { return known }
            let context = try TLSContext(client: options)
            clients[options] = context
            return context
        }
    }

    private convenience init(client options: TLSOptions) throws(TLSError) {
        try self.init(TLS_client_method())
        guard !options.insecure else {
            SSL_CTX_set_verify(raw, SSL_VERIFY_NONE, nil)
            return
        }
        SSL_CTX_set_verify(raw, SSL_VERIFY_PEER, nil)
        SSL_CTX_set_default_verify_paths(raw)
        checksName = !options.lenience.contains(.otherNames)
        if options.lenience.contains(.expired) {
            X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(raw), UInt(X509_V_FLAG_NO_CHECK_TIME))
        }
        if options.lenience.contains(.oldVersions) {
            guard countersign_ssl_ctx_take_old_versions(raw) == 1 else {
                throw TLSError(drainingQueueOr: "TLS 1.1 is not available")
            }
        }
        guard let file = options.caFile else { return }
        ERR_clear_error()
        guard SSL_CTX_load_verify_locations(raw, file, nil) == 1 else {
            throw TLSError(reason: "the file of authorities \(file) cannot be used: \(Self.queueText())")
        }
    }

    /// Makes a context for accepting connections.
    convenience init(server identity: ServerIdentity) throws(TLSError) {
        try self.init(TLS_server_method())
        ERR_clear_error()
        if identity.offersOldVersionsOnly {
            guard countersign_ssl_ctx_offer_old_versions(raw) == 1 else {
                throw TLSError(drainingQueueOr: "TLS 1.1 is not available")
            }
        }
        guard SSL_CTX_use_certificate_chain_file(raw, identity.certificateFile) == 1 else {
            throw TLSError(reason: "the certificate \(identity.certificateFile) cannot be used: \(Self.queueText())")
        }
        guard SSL_CTX_use_PrivateKey_file(raw, identity.keyFile, SSL_FILETYPE_PEM) == 1,
            SSL_CTX_check_private_key(raw) == 1
        else { throw TLSError(reason: "the key \(identity.keyFile) cannot be used: \(Self.queueText())") }
    }

    private static func queueText() -> String { TLSError(drainingQueueOr: "no reason given").reason }
}
