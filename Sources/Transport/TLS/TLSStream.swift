internal import COpenSSL
internal import Platform

/// A connection under TLS: the owner of an `SSL` and of its socket, which does not block.
final class TLSStream: ByteStream {
    let descriptor: Int32
    let stop: StopSignal?
    private let raw: OpaquePointer
    private let wire: TLSWire
    private let context: TLSContext
    private var isEstablished = false
    private var isBroken = false

    /// Takes over a connected socket; with a server to talk to this is the client's side, otherwise the server's.
    init(
        owning descriptor: Int32, context: TLSContext, server: TargetURL?, stop: StopSignal? = nil
    ) throws(TLSError) {
        Descriptor.setBlocking(false, descriptor)
        Socket.disableSendDelay(descriptor)
        ERR_clear_error()
        let wire = TLSWire(descriptor: descriptor)
        guard let ssl = SSL_new(context.raw), wire.carry(ssl) else {
            Descriptor.close(descriptor)
            throw TLSError(drainingQueueOr: "no TLS connection")
        }
        self.descriptor = descriptor
        self.stop = stop
        self.wire = wire
        self.context = context
        raw = ssl
        if let server { try expect(server) } else { SSL_set_accept_state(ssl) }
    }

    deinit {
        // One `close_notify`, if it can go out at once (RFC 8446 §6.1): after a fatal error OpenSSL forbids it.
        ERR_clear_error()
        if isEstablished && !isBroken { SSL_shutdown(raw) }
        SSL_free(raw)
        ERR_clear_error()
        Descriptor.close(descriptor)
    }

    /// Binds the connection to the name or address that the certificate must have.
    private func expect(_ server: TargetURL) throws(TLSError) {
        SSL_set_connect_state(raw)
        let isSet: Bool
        if !context.checksName {
            isSet = server.isAddress || countersign_ssl_set_server_name(raw, server.host) == 1
        } else if server.isAddress {
            // RFC 6066 §3 keeps addresses out of the server name.
            isSet = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(raw), server.host) == 1
        } else {
            SSL_set_hostflags(raw, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
            isSet = countersign_ssl_set_server_name(raw, server.host) == 1 && SSL_set1_host(raw, server.host) == 1
        }
        guard isSet else { throw TLSError(drainingQueueOr: "the host name cannot be verified") }
    }

    /// Agrees on keys with the peer, and on the client's side verifies its certificate.
    func shakeHands(by deadline: Deadline) throws(TLSError) {
        while true {
            ERR_clear_error()
            let status = SSL_do_handshake(raw)
            if status == 1 { break }
            if wire.isFlooded { throw TLSError(reason: "the peer keeps sending handshake messages") }
            if let interest = interest(SSL_get_error(raw, status)) {
                Socket.acknowledgeNow(descriptor)
                guard isReady(for: interest, by: deadline) else {
                    throw TLSError(reason: "the handshake did not end in time")
                }
                continue
            }
            let verification = SSL_get_verify_result(raw)
            guard verification == X509_V_OK else { throw TLSError(verification: verification) }
            throw TLSError(drainingQueueOr: "the peer closed the connection during the handshake")
        }
        isEstablished = true
        wire.noteResult()
    }

    func receiveNow(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        var count = 0
        ERR_clear_error()
        let status = SSL_read_ex(raw, buffer.baseAddress, buffer.count, &count)
        guard status == 1 else { return transfer(SSL_get_error(raw, status)) }
        wire.noteResult()
        return .moved(count)
    }

    func sendNow(_ bytes: UnsafeRawBufferPointer) -> Transfer {
        var count = 0
        ERR_clear_error()
        let status = SSL_write_ex(raw, bytes.baseAddress, bytes.count, &count)
        return status == 1 ? .moved(count) : transfer(SSL_get_error(raw, status))
    }

    func finishSending() {
        ERR_clear_error()
        if isEstablished && !isBroken { SSL_shutdown(raw) }
        Socket.finishSending(descriptor)
    }

    private func interest(_ code: Int32) -> Interest? {
        switch code {
        case SSL_ERROR_WANT_READ: .readable
        case SSL_ERROR_WANT_WRITE: .writable
        default: nil
        }
    }

    private func transfer(_ code: Int32) -> Transfer {
        if let interest = interest(code) { return .blocked(interest) }
        if code == SSL_ERROR_ZERO_RETURN { return .ended }
        isBroken = true
        if wire.isFlooded {
            ERR_clear_error()
            return .failed(.tls("the peer keeps sending TLS messages without any data"))
        }
        guard code == SSL_ERROR_SSL else {
            ERR_clear_error()
            return .failed(.reset)
        }
        if ERR_GET_REASON(ERR_peek_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING {
            ERR_clear_error()
            return .failed(.cutOff)
        }
        return .failed(.tls(TLSError(drainingQueueOr: "protocol error").reason))
    }
}
