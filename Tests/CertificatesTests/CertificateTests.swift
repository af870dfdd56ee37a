import Bytes
import Cryptography
import Foundation
import ReportModel
import Schemes
import Testing

@testable import Certificates

/// Certificates: what is signed, what verifies it, and what refuses it.
@Suite struct CertificateTests {
    private static let seed = [UInt8](0..<32)
    private static let publicKey = (try? Ed25519.publicKey(seed: seed)) ?? []
    private static let day = CalendarDay("2026-11-26")!

    private static let certificate: Certificate = {
        let run = Report.RunDescription(
            id: "1a2b3c4d5e6f", scheme: "slack", payload: "event", target: "https://bridge.example/hook", level: .must,
            enforce: .must, profile: .audit, seed: 7, vectors: "sha256:00", remarks: [])
        let cases = ["control/plain", "signature/all-zero"].map { id in
            CaseResult(
                info: CaseInfo(
                    id: id, title: "", level: .must, topic: .signature, severity: .high, cwe: [], covers: [], why: "",
                    fix: ""),
                clauses: [], changes: .nothing, expected: .init(decision: .rejected, statuses: []), outcome: .pass)
        }
        let report = Report(
            complete: true, exit: .success, run: run, measurements: Measurements(), cause: nil, cases: cases,
            record: RunRecord())
        return Certificate(
            subject: Certificate.Subject("bridge@sha256:" + String(repeating: "ab", count: 32))!, report: report,
            requirements: .init(version: 4, digest: String(repeating: "cd", count: 32), count: 3), toolVersion: "1.2.3",
            issued: day, validUntil: day.adding(days: 90), skipped: [.init(id: "transport/chunked", reason: "<path>")],
            measurements: ["window": ["past": 300, "future": .null]], reportDigest: String(repeating: "ef", count: 32))
    }()

    private static func file() throws -> [UInt8] { try certificate.bytes(signedWith: seed) }

    /// The example of DSSE's protocol.md.
    @Test func whatIsSignedIsThatOfTheProtocol() {
        let encoding = Envelope.encoding(type: "http://example.com/HelloWorld", Array("hello world".utf8))
        #expect(
            String(decoding: encoding, as: UTF8.self) == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
    }

    /// Lengths are those of bytes.
    @Test func lengthsAreInBytes() {
        #expect(Envelope.encoding(type: "ä", [0xFF]) == Array("DSSEv1 2 ä 1 ".utf8) + [0xFF])
    }

    @Test func itIsReadAsItWasWritten() throws {
        let read = try Certificate(Self.file(), signedBy: Self.publicKey)
        #expect(read == Self.certificate)
        try read.check(on: Self.day, requirements: Self.certificate.requirements.digest)
        try read.check(on: Self.day.adding(days: 90), requirements: Self.certificate.requirements.digest)
    }

    @Test func noByteMayChange() throws {
        let bytes = try Self.file()
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= [UInt8(0x01), 0x20, 0x80][place % 3]
            #expect(throws: Refusal.self, "byte \(place)") { try Certificate(changed, signedBy: Self.publicKey) }
            guard place.isMultiple(of: 7) else { continue }
            var shorter = bytes
            shorter.remove(at: place)
            #expect(throws: Refusal.self, "without byte \(place)") {
                try Certificate(shorter, signedBy: Self.publicKey)
            }
            #expect(throws: Refusal.self) {
                try Certificate(bytes[..<place] + [0x20] + bytes[place...], signedBy: Self.publicKey)
            }
        }
    }

    @Test func statementsOfTwoCertificatesDoNotMakeOne() throws {
        var other = Self.certificate
        other.validUntil = other.validUntil.adding(days: 100)
        other.passed = ["control/plain", "body/empty"]
        let (first, second) = (try Self.file(), try other.bytes(signedWith: Self.seed))
        func line(_ bytes: [UInt8], _ number: Int) -> [UInt8] { Array(bytes.split(separator: 0x0A)[number]) + [0x0A] }
        for mixed in [
            line(first, 0) + line(second, 1), line(first, 1) + line(first, 0), line(first, 0) + line(first, 0),
        ] {
            let error = #expect(throws: Refusal.self) { try Certificate(mixed, signedBy: Self.publicKey) }
            if case .mismatch = error { continue }
            Issue.record("\(String(describing: error))")
        }
    }

    @Test func anotherKeyIsRefused() throws {
        let other = try Ed25519.publicKey(seed: [UInt8](1...32))
        #expect(throws: Refusal.wrongSignature(statement: 1)) { try Certificate(Self.file(), signedBy: other) }
    }

    @Test func itsDaysAndItsSetAreChecked() throws {
        let digest = Self.certificate.requirements.digest
        #expect(throws: Refusal.expired(Self.day.adding(days: 90))) {
            try Self.certificate.check(on: Self.day.adding(days: 91), requirements: digest)
        }
        #expect(throws: Refusal.notYetValid(Self.day)) {
            try Self.certificate.check(on: Self.day.adding(days: -1), requirements: digest)
        }
        let other = String(repeating: "00", count: 32)
        #expect(throws: Refusal.foreignSet(said: Self.certificate.requirements, expected: other)) {
            try Self.certificate.check(on: Self.day, requirements: other)
        }
    }

    /// A statement that somebody signs with the right key by other means.
    @Test(arguments: [
        ("/predicate/result", "\"FAILED\""), ("/predicate/failedTests", "[\"control/plain\"]"),
        ("/predicate/passedTests", "[\"control/plain\"]"), ("/predicateType", "\"urn:other\""),
        ("/_type", "\"https://in-toto.io/Statement/v0.1\""), ("/predicate/configuration", "[]"),
        ("/subject", "[]"),
    ])
    func anotherStatementIsRefused(pointer: String, value: String) throws {
        let lines = try Self.file().split(separator: 0x0A).map { try Envelope(Array($0)).payload }
        var first = try JSON.parse(lines[0]).replacing(pointer: pointer, with: JSON.parse(Array(value.utf8)))
        if pointer == "/subject" { first = first.replacing(pointer: "/subject", with: []) }
        let digest = Hex.string(HashFunction.sha256.digest(first.serialized()))
        let second = try JSON.parse(lines[1]).replacing(pointer: "/predicate/testResult/sha256", with: .string(digest))
        var bytes = [UInt8]()
        for statement in [first, second] {
            bytes += try Envelope(signing: statement.serialized(), seed: Self.seed).line + [0x0A]
        }
        #expect(throws: Refusal.self) { try Certificate(bytes, signedBy: Self.publicKey) }
    }

    @Test(arguments: [
        ("bridge@sha256:" + String(repeating: "0", count: 64), true),
        ("git+https://example.org/bridge@v2@gitCommit:" + String(repeating: "0", count: 40), true),
        ("bridge@sha512:" + String(repeating: "f", count: 128), true),
        ("bridge", false), ("bridge@sha256:ab", false), ("@sha256:" + String(repeating: "0", count: 64), false),
        ("bridge@sha256:" + String(repeating: "A", count: 64), false),
        ("bridge@md5:" + String(repeating: "0", count: 32), false),
    ])
    func subjectsAreDigests(text: String, isOne: Bool) {
        #expect((Certificate.Subject(text) != nil) == isOne)
        if isOne { #expect(Certificate.Subject(text)?.text == text) }
    }

    @Test func thePageIsInert() throws {
        let page = String(decoding: Self.certificate.page(keyID: "00"), as: UTF8.self)
        #expect(page.contains("transport/chunked"))
        #expect(page.contains("&lt;path&gt;") && !page.contains("<path>"))
        #expect(page.contains("accepts −300 s … no limit"))
        #expect(page.contains("default-src &#39;none&#39;"))
    }
}

/// Keys as PEM text, beside OpenSSL and the examples of RFC 8410.
@Suite struct KeyFileTests {
    /// RFC 8410 §10.1 and §10.3: a pair.
    private static let publicText = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
        -----END PUBLIC KEY-----

        """
    private static let privateText = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
        -----END PRIVATE KEY-----

        """

    @Test func theExamplesOfTheRFCAreRead() throws {
        let seed = try KeyFile.seed(from: Array(Self.privateText.utf8))
        let publicKey = try KeyFile.publicKey(from: Array(Self.publicText.utf8))
        #expect(try Ed25519.publicKey(seed: seed) == publicKey)
        #expect(KeyFile.privateText(seed: seed) == Array(Self.privateText.utf8))
        #expect(KeyFile.publicText(publicKey: publicKey) == Array(Self.publicText.utf8))
    }

    @Test(arguments: [
        "", "x", publicText.replacing("PUBLIC", with: "PRIVATE"), privateText.replacing("MC4C", with: "MC4D"),
        privateText.replacing("\n", with: ""), privateText.replacing("dVhC", with: ""),
    ])
    func whatIsNoKeyIsRefused(text: String) {
        #expect(throws: KeyFile.Problem.self) { try KeyFile.seed(from: Array(text.utf8)) }
    }
}
