import Bytes
import Catalogue
import Cryptography
import Harness
import ReportModel
import Schemes
import Subjects
import Synchronization
import Testing
import Transport

/// An endpoint that fetches keys from the run, as bots fetch Microsoft's, with one habit.
///
/// It reads tokens and keys by itself, and looks at nothing but the signature.
private final class FetchingEndpoint: Sendable {
    enum Habit: String, CaseIterable {
        /// Fetches at an unknown name, half a second after the last time at the earliest.
        case sound
        /// Fetches at the first token, and never again.
        case fetchesOnce
        /// Fetches at every unknown name.
        case fetchesAlways
        /// Adds what is new to what it has.
        case dropsNothing
        /// Fetches, and goes on with the set that it had.
        case ignoresNew
        /// Believes whoever names a key that it does not know.
        case believesUnknown
        /// Has its keys from elsewhere.
        case fetchesNothing
    }

    private struct State {
        var keys: [String: RSAPublicKey] = [:]
        /// When it last fetched, in seconds of the run's clock.
        var fetched: Double?
    }

    private let habit: Habit
    private let port: UInt16
    private let clock: RunClock
    private let state: Mutex<State>

    init(_ habit: Habit, port: UInt16, clock: RunClock, own: RSAPublicKey) {
        self.habit = habit
        self.port = port
        self.clock = clock
        // Of this one it was told the name beside the key.
        let keys = habit == .fetchesNothing ? [JSONWebKey.thumbprint(of: own): own] : [:]
        state = Mutex(State(keys: keys))
    }

    func accepts(_ request: HTTPRequest) -> Bool {
        let header = String(decoding: request.headers.first(named: "Authorization") ?? [], as: UTF8.self)
        guard header.hasPrefix("Bearer ") else { return false }
        let parts = header.dropFirst(7).split(separator: ".").map { Array($0.utf8) }
        guard parts.count == 3, let head = Base64.decode(parts[0], alphabet: .url),
            let name = (try? JSON.parse(head))?["kid"]?.string, let signature = Base64.decode(parts[2], alphabet: .url)
        else { return false }
        guard let key = key(named: name) else { return habit == .believesUnknown }
        return key.verifies(signature, of: parts[0] + [UInt8(ascii: ".")] + parts[1])
    }

    private func key(named name: String) -> RSAPublicKey? {
        state.withLock { state in
            if let key = state.keys[name] { return key }
            guard mayFetch(since: state.fetched) else { return nil }
            let isFirst = state.fetched == nil
            state.fetched = clock.seconds
            let keys = fetch()
            switch habit {
            case .dropsNothing: state.keys.merge(keys) { $1 }
            case .ignoresNew where !isFirst: break
            default: state.keys = keys
            }
            return state.keys[name]
        }
    }

    private func mayFetch(since last: Double?) -> Bool {
        switch habit {
        case .fetchesNothing: false
        case .fetchesOnce: last == nil
        case .fetchesAlways: true
        default: last.map { clock.seconds - $0 > 0.5 } ?? true
        }
    }

    private func fetch() -> [String: RSAPublicKey] {
        guard let url = try? TargetURL("http://127.0.0.1:\(port)/v1/.well-known/keys") else { return [:] }
        let client = HTTPClient(target: url)
        defer { client.close() }
        var request = HTTPRequest(method: "GET", target: url.target)
        request.headers.set("Host", Array(url.authority.utf8))
        let answer = try? client.exchange(request).result.get()
        let keys = (try? JSON.parse(answer?.body ?? []))?["keys"]?.array ?? []
        return keys.reduce(into: [:]) { found, key in
            if let name = key["kid"]?.string, let key = Self.publicKey(key) { found[name] = key }
        }
    }

    /// Reads a key from its numbers, by way of SubjectPublicKeyInfo (RFC 8017 A.1.1, RFC 5280 §4.1.2.7).
    private static func publicKey(_ key: JSON) -> RSAPublicKey? {
        guard let n = number(key["n"]), let e = number(key["e"]) else { return nil }
        let algorithm: [UInt8] = [
            0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00,
        ]
        let info = der(0x30, algorithm + der(0x03, [0] + der(0x30, n + e)))
        return try? RSAPublicKey(
            pem: Array("-----BEGIN PUBLIC KEY-----\n".utf8) + Base64.encode(info)
                + "\n-----END PUBLIC KEY-----\n".utf8)
    }

    private static func number(_ text: JSON?) -> [UInt8]? {
        text?.string.flatMap { Base64.decode(Array($0.utf8), alphabet: .url) }.map { der(0x02, [0] + $0) }
    }

    private static func der(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        [tag, 0x82, UInt8(content.count >> 8), UInt8(content.count & 0xFF)] + content
    }
}

@Suite("The set of keys while it changes")
struct KeySetScenarioTests {
    /// What a run finds at an endpoint: the outcome of each of the three cases, in their order.
    private func outcomes(_ habit: FetchingEndpoint.Habit) throws -> [Outcome] {
        let scheme = try #require(SchemeLibrary.scheme(named: "teams-bot"))
        let secret = VectorContext.secret(of: scheme)
        let (server, port) = try KeySetServerTests.started()
        defer { server.stop() }
        // The endpoint goes by the clock of the run, which waits in no time.
        let clock = RunClock(waiting: .skips)
        let own = try RSAPrivateKey(der: secret.key).publicKey
        let endpoint = FetchingEndpoint(habit, port: port, clock: clock, own: own)
        var configuration = RunConfiguration(scheme: scheme, secret: secret)
        configuration.clock = clock
        configuration.digestsVectors = false
        configuration.credentials = VectorContext.credentials(of: scheme)
        configuration.facilities.keySet = server
        configuration.only = ["token/added-*", "token/withdrawn-*", "token/unknown-keys-*"].map(CaseGlob.init)
        let subject = InProcessSubject(path: scheme.payloads[0].path) { request in
            .answer(HTTPResponse(status: endpoint.accepts(request) ? 200 : 403))
        }
        let report = Runner(subject: subject, configuration: configuration, plan: try configuration.plan()).run()
        return report.cases.map(\.outcome)
    }

    @Test(
        "tells an endpoint that keeps up with it from those that do not",
        arguments: [
            (FetchingEndpoint.Habit.sound, [Outcome.pass, .pass, .pass]),
            (.fetchesOnce, [.skipped, .skipped, .pass]), (.fetchesAlways, [.pass, .pass, .warn]),
            (.dropsNothing, [.pass, .warn, .pass]), (.ignoresNew, [.warn, .skipped, .pass]),
            (.believesUnknown, [.pass, .warn, .warn]), (.fetchesNothing, [.skipped, .skipped, .skipped]),
        ])
    fileprivate func habits(habit: FetchingEndpoint.Habit, expected: [Outcome]) throws {
        #expect(try outcomes(habit) == expected)
    }

    @Test("is asked about only where the run serves it")
    func notServed() throws {
        let scheme = try #require(SchemeLibrary.scheme(named: "teams-bot"))
        let configuration = RunConfiguration(scheme: scheme, secret: VectorContext.secret(of: scheme))
        let cases = Catalogue.cases(for: scheme).filter { $0.needs.contains(.given(.keySet)) }
        #expect(cases.count == 3)
        for testCase in cases {
            #expect(testCase.reasonToSkip(in: configuration.circumstances) == .notGiven(.keySet))
        }
    }
}
