import Bytes
import Catalogue
import ReportModel
import Schemes
import Testing
import Transport

@Suite("The families about presence, signature, algorithm and header")
struct ValueFamiliesTests {
    static let families: Set = ["presence", "signature", "algorithm", "header"]
    static let applications = Application.all.filter { families.contains($0.testCase.family) }

    /// What a server hands over: the blanks around a header's value are gone (RFC 9112 §5.1).
    static func received(_ request: HTTPRequest) -> HTTPRequest {
        var request = request
        for place in request.headers.fields.indices {
            request.headers.fields[place].value = ASCII.trimmed(request.headers.fields[place].value)
        }
        return request
    }

    @Test("expect the decision of the strict verifier", arguments: SchemeLibrary.all)
    func strictVerifier(scheme: Scheme) {
        let context = VectorContext.context(of: scheme)
        let verifier = Verifier(scheme: scheme, secrets: [context.secret], credentials: context.credentials)
        for application in Application.of(scheme.id) where Self.families.contains(application.testCase.family) {
            let probe = Self.received(application.probe.probeRequest(context).request)
            let verdict = verifier.verify(probe, now: context.now)
            switch application.probe.expectation.decision {
            case .accepted: #expect(verdict.isAccepted, "\(application.id): \(verdict)")
            case .rejected: #expect(!verdict.isAccepted, "\(application.id)")
            case .either, .delivered: break
            }
        }
    }

    @Test("send each probe once: no two cases of a scheme are the same request", arguments: SchemeLibrary.names)
    func distinct(name: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: name))
        let context = VectorContext.context(of: scheme)
        let applications = Self.applications.filter { $0.scheme.id == name && $0.testCase.profile != .audit }
        let same = Dictionary(grouping: applications) { $0.probe.probeRequest(context).request.wireBytes }.values
            .filter { $0.count > 1 }.map { $0.map(\.testCase.id) }
        #expect(same.isEmpty)
    }

    @Test("declare no change that no scheme shows")
    func noIdleChanges() {
        for (id, changes) in Application.idleChanges(of: Self.applications.filter { $0.testCase.profile != .audit }) {
            #expect(changes.isEmpty, "\(id): idle: \(changes.words)")
        }
    }

    @Test("have enough to say about each scheme", arguments: SchemeLibrary.names)
    func counts(name: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: name))
        let cases = Catalogue.cases(for: scheme).filter { Self.families.contains($0.family) }
        // A key pair leaves no room for guessed keys; such schemes have families of their own.
        #expect(cases.count > (scheme.signature.algorithm.hasPublicKey ? 120 : 200))
        #expect(Set(cases.map(\.family)) == Self.families)
    }

    /// Entries without a probe that a stranger can send: provisioning (A06), deployment (A14), signatures inside JSON
    /// (B12), time (B14), and the schemes with tokens and Ed25519 (C07 to C11).
    @Test("cover every stateless entry of the flaw catalogue")
    func coverage() {
        let without: Set = ["A06", "A14", "B12", "B14", "C07", "C08", "C09", "C10", "C11"]
        let entries = [("A", 14), ("B", 15), ("C", 11), ("G", 8)].flatMap { letter, count in
            (1...count).map { letter + ($0 < 10 ? "0\($0)" : "\($0)") }
        }
        let covered = Set(Catalogue.all.filter { Self.families.contains($0.family) }.flatMap(\.covers))
        #expect(Set(entries).subtracting(covered) == without)
    }

    @Test("tell a single byte left out of the comparison", arguments: 0..<32)
    func eachByte(place: Int) throws {
        let probe = try #require(Catalogue.named("signature/byte-\(place)-changed")?.probe)
        let scheme = try #require(SchemeLibrary.scheme(named: "vaultysclaw"))
        let context = VectorContext.context(of: scheme)
        let signature = { (request: HTTPRequest) throws -> [UInt8] in
            let text = try #require(request.headers.first(named: "X-Signature"))
            return try #require(Hex.decode(Array(text.dropFirst(7))))
        }
        let right = try signature(probe.controlRequest(context).request)
        let wrong = try signature(probe.probeRequest(context).request)
        #expect(right.indices.filter { right[$0] != wrong[$0] } == [place])
    }
}
