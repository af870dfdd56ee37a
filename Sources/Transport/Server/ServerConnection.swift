internal import Platform

/// One connection of a server, served on its own thread until it ends.
struct ServerConnection: ~Copyable {
    private let stream: any ByteStream
    private let limits: ServerLimits
    private let watch: ServerWatch
    private let keepsBytes: Bool
    private let handler: @Sendable (HTTPRequest, [UInt8]) -> ServerAction
    private var buffer = ReceiveBuffer()
    /// The bytes of the current request, as far as it has been read.
    private var bytes: [UInt8] = []
    private var writer: AnswerWriter

    init(
        stream: any ByteStream, limits: ServerLimits, now: @escaping @Sendable () -> Int64, watch: ServerWatch,
        keepsBytes: Bool, handler: @escaping @Sendable (HTTPRequest, [UInt8]) -> ServerAction
    ) {
        self.stream = stream
        self.limits = limits
        self.watch = watch
        self.keepsBytes = keepsBytes
        self.handler = handler
        writer = AnswerWriter(now: now)
    }

    /// Serves one request after another.
    mutating func serve() {
        while true {
            var parser = RequestParser(maximumBody: limits.maximumBody, headLimit: limits.headLimit)
            switch read(&parser) {
            case .gone: return
            case .refused(let status): return refuse(status)
            case .complete: if !act(on: parser) { return }
            }
        }
    }

    private enum Reading {
        case complete
        case refused(Int)
        case gone
    }

    /// Reads one request; the time for it runs from its first byte.
    private mutating func read(_ parser: inout RequestParser) -> Reading {
        var deadline = Deadline(after: buffer.isEmpty ? limits.idleTimeout : limits.requestTimeout)
        var hasBegun = !buffer.isEmpty
        bytes = []
        var hasInvited = false
        while true {
            do throws(MessageError) {
                if !buffer.isEmpty {
                    let used = try parser.consume(buffer.unread)
                    if keepsBytes { bytes += buffer.unread.prefix(used) }
                    buffer.markUsed(used)
                }
            } catch { return .refused(error.status) }
            if parser.isComplete { return .complete }
            // RFC 9110 §10.1.1: no invitation is due once the body has begun to arrive.
            if parser.expectsContinue && !hasInvited && buffer.isEmpty && !parser.hasBody {
                hasInvited = true
                guard stream.sendAll(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), by: deadline) else { return .gone }
            }
            if hasBegun { Socket.acknowledgeNow(stream.descriptor) }
            switch stream.receive(into: buffer.room(), by: deadline) {
            case .moved(let count):
                buffer.markReceived(count)
                if !hasBegun {
                    hasBegun = true
                    deadline = Deadline(after: limits.requestTimeout)
                }
            case .timedOut, .blocked: return hasBegun ? .refused(408) : .gone
            case .ended, .failed: return .gone
            }
        }
    }

    /// Does what the handler wants.
    ///
    /// - Returns: whether the connection goes on.
    private mutating func act(on parser: RequestParser) -> Bool {
        let request = parser.arrivedRequest
        switch handler(request, bytes) {
        case .answer(let answer): return write(answer, to: request, parser, keeps: parser.keepsConnection)
        case .answerAndClose(let answer): return write(answer, to: request, parser, keeps: false)
        case .close: return false
        case .hang:
            drain(by: .never)
            return false
        case .raw(let bytes):
            if stream.sendAll(bytes, by: Deadline(after: limits.requestTimeout)) { endGently() }
            return false
        case .script(let script):
            script.run(ServerPeer(stream: stream))
            return false
        }
    }

    private mutating func write(
        _ answer: HTTPResponse, to request: HTTPRequest, _ parser: RequestParser, keeps: Bool
    ) -> Bool {
        let saysClose = answer.headers.values(named: "Connection").contains { FramingFields.matches($0, "close") }
        let goesOn = keeps && !saysClose
        let bytes = writer.bytes(
            of: answer, isHead: FramingFields.matches(request.method, "head"),
            connection: goesOn ? (parser.isHTTP10 ? "keep-alive" : nil) : "close")
        guard stream.sendAll(bytes, by: Deadline(after: limits.requestTimeout)) else { return false }
        if !goesOn { endGently() }
        return goesOn
    }

    /// Answers a request that can't be handed over, and closes.
    private mutating func refuse(_ status: Int) {
        watch.refused(status)
        let bytes = writer.bytes(of: HTTPResponse(status: status), isHead: false, connection: "close")
        if stream.sendAll(bytes, by: Deadline(after: limits.requestTimeout)) { endGently() }
    }

    /// Ends the sending side and reads on for a while: closing a socket with unread bytes sends a reset, which can
    /// overtake the answer (RFC 9112 §9.6).
    private mutating func endGently() {
        stream.finishSending()
        drain(by: Deadline(after: min(limits.requestTimeout, .seconds(2))))
    }

    private mutating func drain(by deadline: Deadline) {
        buffer.removeAll()
        while case .moved = stream.receive(into: buffer.room(), by: deadline) {}
    }
}
