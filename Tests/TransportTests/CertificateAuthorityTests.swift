import Foundation
import Testing

@testable import Transport

/// Certificates that are made on the fly, in real handshakes.
@Suite("The authority for tests")
struct CertificateAuthorityTests {
    /// The files of one authority and what it issued, removed when nobody holds them.
    private final class Files: Sendable {
        let folder: URL

        init() throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "countersign-ca-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        func path(_ name: String) -> String { folder.appending(path: name).path }

        func write(_ bytes: [UInt8], _ name: String) throws -> String {
            try Data(bytes).write(to: folder.appending(path: name))
            return path(name)
        }
    }

    private static func exchange(
        _ offer: TLSOffer, _ lenience: TLSOptions.Lenience = [], host: String = "127.0.0.1"
    ) throws -> (result: Result<HTTPResponse, ExchangeFailure>, handshakes: [HandshakeEnd]) {
        let files = try Files()
        let authority = try CertificateAuthority()
        let issued = try authority.issue(for: "127.0.0.1", offer)
        let identity = ServerIdentity(
            certificateFile: try files.write(issued.certificate, "certificate"),
            keyFile: try files.write(issued.key, "key"), offersOldVersionsOnly: offer == .oldVersions)
        let ends = Ends()
        let server = HTTPServer(tls: identity, watch: ServerWatch(shookHands: { ends.append($0) })) { _ in
            .answer(HTTPResponse(status: 200))
        }
        try server.start()
        var tls = TLSOptions(caFile: try files.write(authority.certificate, "authority"))
        tls.lenience = lenience
        let url = try TargetURL("https://\(host):\(server.port)/")
        let result = HTTPClient(target: url, options: ClientOptions(tls: tls)).exchange(.sample()).result
        server.stop()
        return (result, ends.all)
    }

    private final class Ends: @unchecked Sendable {
        private let lock = NSLock()
        private var ends: [HandshakeEnd] = []
        func append(_ end: HandshakeEnd) { lock.withLock { ends.append(end) } }
        var all: [HandshakeEnd] { lock.withLock { ends } }
    }

    @Test("a certificate without fault is trusted", arguments: ["127.0.0.1", "localhost"])
    func good(host: String) throws {
        let (result, handshakes) = try Self.exchange(.good, host: host)
        #expect(try result.get().status == 200)
        #expect(handshakes == [.agreed])
    }

    @Test(
        "one with a fault is not, for that fault",
        arguments: [
            (.selfSigned, "the certificate is self-signed"), (.expired, "the certificate has expired"),
            (.wrongName, "the certificate is for another address"),
            (.unknownAuthority, "the certificate is signed by an authority that is not trusted"),
            (.oldVersions, "the peer does not offer TLS 1.2 or later"),
        ] as [(TLSOffer, String)])
    func faults(_ offer: TLSOffer, _ reason: String) throws {
        let (result, handshakes) = try Self.exchange(offer)
        #expect(result == .failure(.tls(reason: reason)))
        #expect(handshakes == [.failed])
    }

    @Test(
        "a client that does not check that fault is taken in by it alone",
        arguments: [(.expired, .expired), (.otherNames, .wrongName), (.oldVersions, .oldVersions)]
            as [(TLSOptions.Lenience, TLSOffer)])
    func lenience(_ lenience: TLSOptions.Lenience, _ fault: TLSOffer) throws {
        for offer in TLSOffer.allCases {
            let isTaken = (try? Self.exchange(offer, lenience).result.get()) != nil
            #expect(isTaken == (offer == .good || offer == fault), "\(offer)")
        }
    }

    @Test("HTTP without TLS is told from a failed handshake")
    func plain() throws {
        let files = try Files()
        let issued = try CertificateAuthority().issue(for: "127.0.0.1", .good)
        let identity = ServerIdentity(
            certificateFile: try files.write(issued.certificate, "certificate"),
            keyFile: try files.write(issued.key, "key"))
        let ends = Ends()
        let server = HTTPServer(tls: identity, watch: ServerWatch(shookHands: { ends.append($0) })) { _ in .close }
        try server.start()
        let url = try TargetURL("http://127.0.0.1:\(server.port)/")
        #expect(throws: ExchangeFailure.self) { try HTTPClient(target: url).exchange(.sample()).result.get() }
        server.stop()
        #expect(ends.all == [.plainHTTP])
    }

    @Test("openssl agrees about the chain")
    func openssl() throws {
        let files = try Files()
        let authority = try CertificateAuthority()
        let file = try files.write(authority.certificate, "authority")
        for (offer, isValid) in [(TLSOffer.good, true), (.expired, false), (.selfSigned, false)] {
            let issued = try authority.issue(for: "127.0.0.1", offer)
            let certificate = try files.write(issued.certificate, "certificate")
            let status = try Command.run(
                "openssl", ["verify", "-x509_strict", "-verify_ip", "127.0.0.1", "-CAfile", file, certificate]
            ).status
            #expect((status == 0) == isValid, "\(offer)")
        }
        let again = try CertificateAuthority(certificate: authority.certificate, key: authority.key)
        #expect(again.certificate == authority.certificate)
        #expect(throws: CertificateAuthority.Failure.self) { try CertificateAuthority(certificate: [1], key: [2]) }
    }
}
