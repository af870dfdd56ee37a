internal import Bytes
package import Catalogue
internal import Cryptography
package import Platform
internal import Synchronization
package import Transport

/// Receives deliveries, keeps each request byte for byte, and answers as its case says.
package final class Receiver: Sendable {
    /// Where one delivery is received.
    package struct Address: Sendable, Hashable {
        /// The path, which no one else can guess.
        package let path: String
    }

    private struct Inbox {
        let answers: [StagedAnswer]
        var arrivals: [Arrival] = []
        var redirected: [Arrival] = []
    }

    private struct State {
        var inboxes: [Address: Inbox] = [:]
        /// Deliveries that are no longer watched. What still comes is answered 200, so that the sender is done with it.
        var closed: Set<Address> = []
        /// The ids of those that came to the fixed address, where only they tell deliveries apart.
        var closedIDs: Set<[UInt8]> = []
        /// How many bytes of bodies are kept.
        var kept = 0
        /// Where requests go whose path belongs to no delivery, when the sender has one fixed URL.
        var fixed: Address?
        /// Paths that belong to no delivery, the first few.
        var unknown: [[UInt8]] = []
        var port: UInt16 = 0
        var otherPort: UInt16 = 0
        /// The ports with special handshakes, and how those ended, the first few.
        var offers: [TLSOffer: UInt16] = [:]
        var handshakes: [TLSOffer: [HandshakeEnd]] = [:]
        /// The ports of the addresses inside this machine where it listens.
        var inside: [String: UInt16] = [:]
    }

    /// The most attempts at one delivery that are kept; further ones are answered 429.
    private static let mostArrivals = 1000
    /// The most bytes of bodies that are kept at a time; further attempts are answered 429.
    private static let mostKept = 256 << 20
    private static let mostUnknown = 16

    private let state = Monitor(State())
    private let servers: Mutex<[HTTPServer]> = Mutex([])
    private let start = MonotonicClock.nanoseconds()
    private let clock: @Sendable () -> Int64
    private let tick: Duration
    private let host: String
    private let port: UInt16
    private let identity: ServerIdentity?
    private let offers: [TLSOffer: ServerIdentity]
    private let listensInside: Bool
    private let identify: @Sendable (HTTPRequest) -> [UInt8]?

    /// Prepares a receiver.
    ///
    /// - Parameters:
    ///   - host: the address to listen on, in digits.
    ///   - port: the port to listen on; 0 lets the system choose.
    ///   - identity: the certificate and key to serve `https` with.
    ///   - offers: the certificates and keys of further ports, each with a fault or none.
    ///   - listensInside: whether it listens at the loopback addresses too.
    ///   - tick: how long a slow answer waits between its bytes.
    ///   - clock: the time of arrivals, in Unix seconds.
    ///   - identify: the id of a delivery; `nil` where it has none.
    package init(
        host: String = "127.0.0.1", port: UInt16 = 0, identity: ServerIdentity? = nil,
        offers: [TLSOffer: ServerIdentity] = [:], listensInside: Bool = false, tick: Duration = .seconds(1),
        clock: @escaping @Sendable () -> Int64 = { WallClock.seconds() },
        identify: @escaping @Sendable (HTTPRequest) -> [UInt8]? = { _ in nil }
    ) {
        self.host = host
        self.port = port
        self.identity = identity
        self.offers = offers
        self.listensInside = listensInside
        self.tick = tick
        self.clock = clock
        self.identify = identify
    }

    /// Listens on two ports, and on one for each offer; the second one is where redirects to another origin lead.
    ///
    /// - Throws: `ServerError` when it can't listen.
    package func listen() throws(ServerError) {
        let main = server(port: port, isMain: true)
        let other = server(port: 0, isMain: false)
        let special = offers.map { ($0.key, server(for: $0.key, $0.value)) }
        var all = [main, other] + special.map(\.1)
        do throws(ServerError) {
            for server in all { try server.start() }
        } catch {
            for server in all { server.stop() }
            throw error
        }
        state.change { state in
            state.port = main.port
            state.otherPort = other.port
            for (offer, server) in special { state.offers[offer] = server.port }
        }
        for inside in listensInside ? ["127.0.0.1", "::1"] : [] {
            if inside == host {
                state.change { $0.inside[inside] = main.port }
                continue
            }
            let server = HTTPServer(host: inside, tls: identity) { [self] in answer($0, isMain: true) }
            // Not every machine has both.
            do { try server.start() } catch { continue }
            state.change { $0.inside[inside] = server.port }
            all.append(server)
        }
        servers.withLock { $0 = all }
    }

    private func server(for offer: TLSOffer, _ identity: ServerIdentity) -> HTTPServer {
        let watch = ServerWatch(shookHands: { [self] end in
            state.change { state in
                if state.handshakes[offer, default: []].count < Self.mostArrivals {
                    state.handshakes[offer, default: []].append(end)
                }
            }
        })
        return HTTPServer(host: host, tls: identity, watch: watch) { [self] in answer($0, isMain: true) }
    }

    /// Closes every connection.
    package func stop() {
        state.change { $0.inboxes = [:] }
        for server in servers.withLock({ $0 }) { server.stop() }
    }

    /// Scheme, host and port that it listens on.
    package var origin: String { origin(of: state.change { $0.port }) }

    /// The origin with an offer; `nil` when there is none.
    package func origin(with offer: TLSOffer) -> String? {
        state.change { $0.offers[offer] }.map { origin(of: $0, isSecure: true) }
    }

    /// The origin at an address inside this machine; `nil` where it does not listen.
    package func origin(at address: InternalAddress) -> String? {
        state.change { $0.inside[address.isIPv6 ? "::1" : "127.0.0.1"] }.map {
            "\(identity == nil ? "http" : "https")://\(address.host):\($0)"
        }
    }

    /// Takes a port that refuses every connection until its server is started; `nil` when there is none.
    ///
    /// - Returns: the server, which the caller stops, and the origin it will have.
    package func refusingServer() -> (server: HTTPServer, origin: String)? {
        let server = server(port: 0, isMain: true)
        do throws(ServerError) { try server.reserve() } catch { return nil }
        return (server, origin(of: server.port))
    }

    /// How the handshakes with an offer ended so far, the first few.
    package func handshakes(with offer: TLSOffer) -> [HandshakeEnd] { state.change { $0.handshakes[offer] ?? [] } }

    private func origin(of port: UInt16) -> String { origin(of: port, isSecure: identity != nil) }

    private func origin(of port: UInt16, isSecure: Bool) -> String {
        "\(isSecure ? "https" : "http")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    private func server(port: UInt16, isMain: Bool) -> HTTPServer {
        HTTPServer(port: port, host: host, tls: identity) { [self] in answer($0, isMain: isMain) }
    }

    // MARK: Deliveries

    /// Opens an address for one delivery.
    ///
    /// - Parameter answers: the answers to its attempts; the last one repeats.
    package func open(_ answers: [StagedAnswer]) -> Address {
        let address = Address(path: "/" + Hex.string(RandomBytes.make(count: 8)))
        state.change { $0.inboxes[address] = Inbox(answers: answers) }
        return address
    }

    /// Sends every request whose path belongs to no delivery to this one, for a sender with one fixed URL.
    package func takeEverything(for address: Address?) { state.change { $0.fixed = address } }

    /// Waits until the attempts at a delivery meet a condition.
    ///
    /// - Returns: whether they do.
    package func waits(at address: Address, by deadline: Deadline, until isMet: ([Arrival]) -> Bool) -> Bool {
        state.wait(by: deadline) { isMet($0.inboxes[address]?.arrivals ?? []) }
        return isMet(state.change { $0.inboxes[address]?.arrivals ?? [] })
    }

    /// Waits until an attempt at a delivery has arrived, or there were more handshakes with an offer than these.
    package func waits(at address: Address, or offer: TLSOffer, beyond count: Int, by deadline: Deadline) -> Bool {
        let hasCome: (State) -> Bool = {
            $0.inboxes[address]?.arrivals.isEmpty == false || ($0.handshakes[offer]?.count ?? 0) > count
        }
        state.wait(by: deadline, until: hasCome)
        return state.change { hasCome($0) }
    }

    /// The attempts at a delivery so far.
    package func attempts(at address: Address) -> [Arrival] { state.change { $0.inboxes[address]?.arrivals ?? [] } }

    /// Closes an address and returns what arrived there, and where its redirects led.
    package func close(_ address: Address) -> (attempts: [Arrival], redirected: [Arrival]) {
        state.change { state in
            guard let inbox = state.inboxes.removeValue(forKey: address) else { return ([], []) }
            state.closed.insert(address)
            if state.fixed == address { state.closedIDs.formUnion(inbox.arrivals.compactMap { identify($0.request) }) }
            state.kept -= (inbox.arrivals + inbox.redirected).reduce(0) { $0 + $1.request.body.count }
            return (inbox.arrivals, inbox.redirected)
        }
    }

    /// Paths of requests that belong to no delivery, the first few.
    package var unknownPaths: [[UInt8]] { state.change { $0.unknown } }

    // MARK: Answers

    private func answer(_ request: HTTPRequest, isMain: Bool) -> ServerAction {
        let path = String(decoding: request.target.prefix { $0 != UInt8(ascii: "?") }, as: UTF8.self)
        let time = Double(MonotonicClock.nanoseconds() - start) / 1e9
        let now = clock()
        let arrival = { Arrival(time: time, unixTime: now, request: request, answer: $0) }
        let id = identify(request)
        let taken: (address: Address, place: Int, answer: StagedAnswer)? = state.change { state in
            let hasRoom = state.kept + request.body.count <= Self.mostKept
            if path.hasSuffix(Self.redirection) {
                let address = Address(path: String(path.dropLast(Self.redirection.count)))
                guard let inbox = state.inboxes[address] else { return nil }
                if inbox.redirected.count < Self.mostArrivals, hasRoom {
                    state.inboxes[address]?.redirected.append(arrival(.done))
                    state.kept += request.body.count
                }
                return (address, -1, .done)
            }
            let exact = Address(path: path)
            if isMain, state.closed.contains(exact) { return (exact, -1, .done) }
            guard isMain, let address = state.inboxes[exact] == nil ? state.fixed : exact,
                let inbox = state.inboxes[address], let last = inbox.answers.last
            else {
                if state.unknown.count < Self.mostUnknown { state.unknown.append(request.target) }
                return nil
            }
            // Another attempt at a delivery of an earlier case.
            if let id, address != exact, state.closedIDs.contains(id) { return (address, -1, .done) }
            let place = inbox.arrivals.count
            guard place < Self.mostArrivals, hasRoom else { return (address, -1, .status(429)) }
            state.kept += request.body.count
            let answer = place < inbox.answers.count ? inbox.answers[place] : last
            state.inboxes[address]?.arrivals.append(arrival(answer))
            return (address, place, answer)
        }
        guard let taken else { return .answer(HTTPResponse(status: 404)) }
        return action(taken.answer, taken.address, taken.place, now)
    }

    private static let redirection = "/redirected"

    private func action(_ answer: StagedAnswer, _ address: Address, _ place: Int, _ now: Int64) -> ServerAction {
        switch answer {
        case .status(let status, let headers, let body):
            let fields = headers.map { HeaderField($0.name, $0.value(at: now)) }
            return .answer(HTTPResponse(status: status, headers: Headers(fields), body: Array(body.utf8)))
        case .redirect(let status, let toOtherPort):
            let port = state.change { toOtherPort ? $0.otherPort : $0.port }
            let location = HeaderField("Location", origin(of: port) + address.path + Self.redirection)
            return .answer(HTTPResponse(status: status, headers: Headers([location])))
        case .close: return .close
        case .reset: return .script(ConnectionScript { $0.resetAtEnd() })
        case .silence: return script(address, place) { _, closes in closes(.never) }
        case .slowHead: return drip("", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", address, place)
        case .slowBody:
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n"
            return drip(head, String(repeating: " ", count: 100_000), address, place)
        case .endless(let coding): return endless(coding, address, place)
        }
    }

    /// Serves a connection until the sender closes it or the address is closed, and records how long that took.
    private func script(
        _ address: Address, _ place: Int,
        _ body: @escaping @Sendable (ServerPeer, (Deadline) -> Bool) -> Bool
    ) -> ServerAction {
        .script(
            ConnectionScript { [self] peer in
                let began = MonotonicClock.nanoseconds()
                let hasClosed = body(peer) { deadline in
                    while isOpen(address) {
                        let next = min(deadline, Deadline(after: .milliseconds(100)))
                        if peer.closes(by: next) { return true }
                        if next == deadline { return false }
                    }
                    return false
                }
                guard hasClosed, isOpen(address) else { return }
                let held = Double(MonotonicClock.nanoseconds() - began) / 1e9
                change(address, place) { $0.held = held }
            })
    }

    private func drip(_ atOnce: String, _ text: String, _ address: Address, _ place: Int) -> ServerAction {
        script(address, place) { [tick] peer, closes in
            let patience = Duration.seconds(10)
            guard peer.send(Array(atOnce.utf8), by: Deadline(after: patience)) else { return true }
            for byte in text.utf8 {
                if closes(Deadline(after: tick)) { return true }
                guard peer.send([byte], by: Deadline(after: patience)) else { return true }
            }
            return closes(Deadline(after: patience))
        }
    }

    private func endless(_ coding: StagedAnswer.Coding, _ address: Address, _ place: Int) -> ServerAction {
        script(address, place) { [self] peer, _ in
            let encoding = coding == .gzip ? "Content-Encoding: gzip\r\n" : ""
            let piece = coding == .gzip ? Self.compressedZeros : [UInt8](repeating: 0x20, count: 65_536)
            let chunk = Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + Array("\r\n".utf8)
            let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\(encoding)\r\n"
            guard peer.send(Array(head.utf8), by: Deadline(after: .seconds(10))) else { return true }
            while isOpen(address) {
                // A sender that stops reading without closing has stopped all the same.
                guard peer.send(chunk, by: Deadline(after: .seconds(5))) else { return true }
                let taken = change(address, place) { arrival in
                    arrival.taken += piece.count
                    return arrival.taken
                }
                if (taken ?? .max) > Self.mostEndless { return false }
            }
            return false
        }
    }

    /// A hundred kilobytes of zeros after a comment of sixteen (RFC 1952 §2.3): what is sent grows sixfold, and not by so
    /// much that it would harm a sender that reads everything.
    private static let compressedZeros: [UInt8] = {
        var member = Gzip.zeros(copies: 400)
        member[3] = 0x10
        member.insert(contentsOf: [UInt8](repeating: 0x20, count: 16_384) + [0], at: 10)
        return member
    }()

    /// Where an endless body ends all the same.
    private static let mostEndless = 24 << 20

    private func isOpen(_ address: Address) -> Bool { state.change { $0.inboxes[address] != nil } }

    @discardableResult
    private func change<Result>(_ address: Address, _ place: Int, _ body: (inout Arrival) -> Result) -> Result? {
        state.change { state in
            guard let count = state.inboxes[address]?.arrivals.count, place >= 0, place < count else { return nil }
            return body(&state.inboxes[address]!.arrivals[place])
        }
    }
}
