import Bytes
import Foundation
import ReportModel
import Testing

/// `certify` and `certificate`, from the key to the refusal.
@Suite struct CertificateCommandTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let python = root.appendingPathComponent(".peers/bin/python").path
    private static let isPeerInstalled = FileManager.default.isExecutableFile(atPath: python)
    private static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"
    private static let subject = "bridge@gitCommit:" + String(repeating: "1a", count: 20)

    /// A key pair and a served endpoint of a scheme with few requirements.
    private struct Bench {
        let served: Served
        let folder: TemporaryFolder

        init(flaws: [String] = []) async throws {
            folder = try TemporaryFolder()
            let arguments = ["--scheme", "teams-outgoing"] + flaws.flatMap { ["--flaw", $0] }
            served = try await Served(
                Running(try Command.tool.path, ["serve"] + arguments), paths: 1)
            #expect(try await Command.countersign("certificate", "keygen", "issuer", in: folder.url).status == 0)
        }

        func certify(_ arguments: String...) async throws -> Output {
            try await Command.run(
                try Command.tool.path,
                [
                    "certify", try served.url("teams-outgoing"), "--scheme", "teams-outgoing", "--secret", "published",
                    "--key", "file:issuer.key", "--subject", subject, "--seed", "7", "--quiet",
                ] + arguments, in: folder.url, deadline: 120)
        }

        func verify(_ arguments: String..., key: String = "file:issuer.pub") async throws -> Output {
            try await Command.run(
                try Command.tool.path,
                ["certificate", "verify", "certificate.intoto.jsonl", "--key", key] + arguments, in: folder.url,
                deadline: 60)
        }
    }

    @Test func aSoundEndpointIsCertifiedAndOthersVerifyIt() async throws {
        let bench = try await Bench()
        let certified = try await bench.certify("--json", "report.json", "--valid-days", "30")
        #expect(certified.status == 0, "\(certified.text)\(certified.errors)")
        #expect(certified.text.contains("CERTIFIED  \(Self.subject) until "), "\(certified.text)")
        let verified = try await bench.verify(
            "--target", try bench.served.url("teams-outgoing"), "--subject", Self.subject, "--scheme",
            "teams-outgoing", "--html", "page.html")
        #expect(verified.status == 0, "\(verified.text)\(verified.errors)")
        #expect(verified.text.contains("waived        none\n"))
        #expect(verified.text.contains(/\nVALID  signed with key [0-9a-f]{64}\n/))
        #expect(String(decoding: try bench.folder.bytes("page.html"), as: UTF8.self).hasPrefix("<!DOCTYPE html>"))
        // The report that is meant is the one that was written.
        let digest = try await Command.run(
            "/usr/bin/env", ["openssl", "dgst", "-sha256", "-r", bench.folder.path("report.json")], deadline: 30)
        #expect(verified.text.contains("sha256 \(digest.text.prefix(64))"), "\(verified.text)")
        let mode = try FileManager.default.attributesOfItem(atPath: bench.folder.path("issuer.key"))[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    /// `cryptography` checks the signatures, and `securesystemslib` reads the envelopes.
    @Test(.enabled(if: isPeerInstalled || isCI, "Python's libraries are not installed; 'bash .ci/peers' does it"))
    func itIsVerifiedByWhatOthersWrote() async throws {
        #expect(Self.isPeerInstalled)
        let bench = try await Bench()
        #expect(try await bench.certify().status == 0)
        let script = Self.root.appendingPathComponent("Tests/CertificatesTests/verify.py").path
        let output = try await Command.run(
            Self.python, [script, bench.folder.path("certificate.intoto.jsonl"), bench.folder.path("issuer.pub")],
            deadline: 60)
        #expect(output.status == 0, "\(output.errors)")
        let said = try JSON.parse(output.stdout)
        #expect(said[pointer: "/0/_type"]?.string == "https://in-toto.io/Statement/v1")
        #expect(said[pointer: "/0/predicateType"]?.string == "https://in-toto.io/attestation/test-result/v0.1")
        #expect(said[pointer: "/0/predicate/result"]?.string == "PASSED")
        #expect(said[pointer: "/0/subject/0/digest/gitCommit"]?.string == String(repeating: "1a", count: 20))
        let requirements = try JSON.parse(
            [UInt8](try Data(contentsOf: Self.root.appendingPathComponent("vectors/requirements.json"))))
        let set = requirements[pointer: "/schemes/teams-outgoing"]
        #expect(
            said[pointer: "/0/predicate/configuration/0/digest/sha256"]?.string.map { "sha256:\($0)" }
                == set?["digest"]?.string)
        let passed = said[pointer: "/0/predicate/passedTests"]?.array ?? []
        let skipped = (said[pointer: "/1/predicate/skipped"]?.array ?? []).compactMap { $0["case"] }
        #expect(Set(passed + skipped) == Set(set?["must"]?.array ?? []))
        #expect(passed.count > skipped.count * 20)
        #expect(said[pointer: "/1/predicate/requirements/version"] == requirements["version"])
    }

    @Test func aFlawedEndpointIsNotCertified() async throws {
        let bench = try await Bench(flaws: ["prefix-comparison"])
        let output = try await bench.certify()
        #expect(output.status == 4)
        #expect(output.text.contains(/No certificate:\n  \d+ requirements? not met\n/), "\(output.text)")
        #expect(!FileManager.default.fileExists(atPath: bench.folder.path("certificate.intoto.jsonl")))
    }

    @Test func whatDoesNotVerifyIsRefusedWithTheReason() async throws {
        let bench = try await Bench()
        #expect(try await bench.certify().status == 0)
        #expect(try await Command.countersign("certificate", "keygen", "other", in: bench.folder.url).status == 0)
        let far = String(Int(Date().timeIntervalSince1970) + 92 * 86_400)
        for (arguments, key, reason) in [
            ([], "file:other.pub", "statement 1 is not signed with this key"),
            (["--now", far], "file:issuer.pub", "its last day was "),
            (["--now", "1700000000"], "file:issuer.pub", "its first day is "),
            (["--target", "http://other.example/"], "file:issuer.pub", "its target is '"),
            (["--scheme", "slack"], "file:issuer.pub", "its scheme is 'teams-outgoing', and expected is 'slack'"),
            (["--requirements", "sha256:" + String(repeating: "0", count: 64)], "file:issuer.pub", "it is of set "),
        ] as [([String], String, String)] {
            let output = try await Command.run(
                try Command.tool.path,
                ["certificate", "verify", "certificate.intoto.jsonl", "--key", key] + arguments, in: bench.folder.url,
                deadline: 60)
            #expect(output.status == 4)
            #expect(output.text.hasPrefix("REFUSED  \(reason)"), "\(output.text)\(output.errors)")
        }
        var bytes = try bench.folder.bytes("certificate.intoto.jsonl")
        bytes[bytes.count / 2] ^= 1
        try Data(bytes).write(to: bench.folder.url.appendingPathComponent("certificate.intoto.jsonl"))
        #expect(try await bench.verify().status == 4)
        #expect(try await bench.verify(key: "file:issuer.key").status == 2, "a private key is not a public one")
        #expect(try await bench.verify(key: "file:nowhere").status == 2)
        let again = try await Command.countersign("certificate", "keygen", "issuer", in: bench.folder.url)
        #expect(again.status == 2)
        #expect(again.errors.contains("a key is not overwritten"))
    }

    /// A file may call its scheme what it likes.
    @Test func aSchemeOfOnesOwnIsNotCertified() async throws {
        let bench = try await Bench()
        let scheme = try await Command.countersign("schemes", "show", "teams-outgoing")
        _ = try bench.folder.file("teams-outgoing.json", scheme.text)
        let output = try await Command.countersign(
            "certify", try bench.served.url("teams-outgoing"), "--scheme", "teams-outgoing.json", "--secret",
            "published", "--key", "file:issuer.key", "--subject", Self.subject, in: bench.folder.url)
        #expect(output.status == 2)
        #expect(output.errors.contains("no frozen requirements"), "\(output.errors)")
    }
}
