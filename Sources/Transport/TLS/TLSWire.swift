internal import COpenSSL
internal import Platform

/// The socket as OpenSSL sees it: every call of OpenSSL ends, because the socket does not block and because the peer
/// gets only so many bytes through that come to nothing.
final class TLSWire {
    private let descriptor: Int32
    private var hasEnded = false
    private var bytesWithoutResult = 0

    /// Whether the peer has sent more than any handshake needs, or more than that between two pieces of data.
    private(set) var isFlooded = false

    /// What a BIO can ask to be tried again for.
    private static let wishes = BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY

    /// Four times what a chain of certificates may have by the measure of OpenSSL.
    private static let limit = 400 * 1024

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// Puts an `SSL` on this wire, which must outlive it.
    ///
    /// - Returns: whether there was memory for it.
    func carry(_ ssl: OpaquePointer) -> Bool {
        guard let method = Self.method.raw, let bio = BIO_new(method) else { return false }
        BIO_set_data(bio, Unmanaged.passUnretained(self).toOpaque())
        BIO_set_init(bio, 1)
        SSL_set_bio(ssl, bio, bio)
        return true
    }

    /// Records that the received bytes were useful: the handshake is complete, or there was data.
    func noteResult() { bytesWithoutResult = 0 }

    private func receive(_ bio: OpaquePointer?, _ buffer: UnsafeMutableRawBufferPointer) -> Int32 {
        BIO_clear_flags(bio, Self.wishes)
        isFlooded = bytesWithoutResult > Self.limit
        guard !isFlooded else { return -1 }
        do {
            let count = try Socket.receive(descriptor, into: buffer)
            hasEnded = count == 0
            bytesWithoutResult += count
            return Int32(count)
        } catch {
            if error.isWouldBlock || error.isInterrupted { BIO_set_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_SHOULD_RETRY) }
            return -1
        }
    }

    private func send(_ bio: OpaquePointer?, _ bytes: UnsafeRawBufferPointer) -> Int32 {
        BIO_clear_flags(bio, Self.wishes)
        do { return Int32(try Socket.send(descriptor, bytes)) } catch {
            if error.isWouldBlock || error.isInterrupted {
                BIO_set_flags(bio, BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY)
            }
            return -1
        }
    }

    private static func of(_ bio: OpaquePointer?) -> TLSWire? {
        BIO_get_data(bio).map { Unmanaged<TLSWire>.fromOpaque($0).takeUnretainedValue() }
    }

    /// What OpenSSL calls, made once; it is never changed afterwards.
    private struct Method: @unchecked Sendable { let raw: OpaquePointer? }

    private static let method: Method = {
        let method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket with a limit")
        BIO_meth_set_read(method) { bio, start, count in
            TLSWire.of(bio)?.receive(bio, UnsafeMutableRawBufferPointer(start: start, count: Int(count))) ?? -1
        }
        BIO_meth_set_write(method) { bio, start, count in
            TLSWire.of(bio)?.send(bio, UnsafeRawBufferPointer(start: start, count: Int(count))) ?? -1
        }
        BIO_meth_set_ctrl(method) { bio, command, _, _ in
            switch command {
            case BIO_CTRL_FLUSH: 1
            case BIO_CTRL_EOF: TLSWire.of(bio)?.hasEnded == true ? 1 : 0
            default: 0
            }
        }
        return Method(raw: method)
    }()
}
