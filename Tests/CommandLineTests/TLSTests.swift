import Foundation
import ReportModel
import Testing

/// Certificates made by `openssl` for this test alone: right, expired, for another name, and by nobody known.
@Suite struct TLSTests {
    /// Makes the certificates with openssl: right, wrong-name and expired, and their authority.
    static let make = #"""
        set -eu
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 2 -subj '/CN=Test authority' \
            -addext 'basicConstraints=critical,CA:TRUE' -addext 'keyUsage=critical,keyCertSign'
        leaf() {
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$2"
            printf 'subjectAltName=%s\n' "$3" > "$1.ext"
            openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -out "$1.pem" -extfile "$1.ext" $4
        }
        leaf right localhost 'DNS:localhost,IP:127.0.0.1' '-days 2'
        leaf wrong-name other.example 'DNS:other.example' '-days 2'
        leaf expired localhost 'DNS:localhost,IP:127.0.0.1' '-days -1'
        """#

    struct Certificate: Sendable, CustomTestStringConvertible {
        let name: String
        let options: [String]
        let exit: Int32
        let says: String

        var testDescription: String { "\(name) \(options.joined(separator: " "))" }
    }

    static let certificates = [
        Certificate(name: "right", options: ["--ca", "ca.pem"], exit: 0, says: "exit 0"),
        Certificate(name: "right", options: [], exit: 3, says: "TLS failed"),
        Certificate(name: "expired", options: ["--ca", "ca.pem"], exit: 3, says: "expired"),
        Certificate(name: "wrong-name", options: ["--ca", "ca.pem"], exit: 3, says: "TLS failed"),
        Certificate(name: "expired", options: ["--insecure"], exit: 0, says: "not verified"),
    ]

    @Test func certificatesAreBelievedOnlyWhenTheyShouldBe() async throws {
        let folder = try TemporaryFolder()
        let made = try await Command.sh(Self.make, in: folder.url)
        try #require(made.status == 0, "\(made.errors)")
        for certificate in Self.certificates {
            let running = try Running(
                try Command.tool.path,
                [
                    "serve", "--scheme", "slack", "--tls-cert", "\(certificate.name).pem", "--tls-key",
                    "\(certificate.name).key",
                ], in: folder.url)
            let served = try await Served(running, paths: 1)
            let url = try served.url("slack")
            #expect(url.hasPrefix("https://127.0.0.1:"))
            let output = try await Command.run(
                try Command.tool.path,
                ["run", url, "--scheme", "slack", "--secret", "published", "--profile", "smoke"] + certificate.options,
                in: folder.url, deadline: 120)
            #expect(output.status == certificate.exit, "\(certificate.testDescription): \(output.text)\(output.errors)")
            #expect(output.text.contains(certificate.says), "\(certificate.testDescription): \(output.text)")
        }
    }

    /// curl, which this project did not write, agrees that the endpoint speaks TLS with that certificate.
    @Test func curlBelievesTheRightCertificate() async throws {
        let folder = try TemporaryFolder()
        try #require(try await Command.sh(Self.make, in: folder.url).status == 0)
        let running = try Running(
            try Command.tool.path,
            ["serve", "--scheme", "github", "--tls-cert", "right.pem", "--tls-key", "right.key"],
            in: folder.url)
        let url = try await Served(running, paths: 1).url("github")
        let sound = try await Command.sh(
            "curl -sS -o /dev/null -w '%{http_code}' --cacert ca.pem -X POST -d '{}' '\(url)'", in: folder.url)
        #expect(sound.text == "401")
        let unknown = try await Command.sh("curl -sS -o /dev/null -X POST -d '{}' '\(url)'", in: folder.url)
        #expect(unknown.status == 60)
    }

    @Test func aPlainServerIsNotTakenForATLSOne() async throws {
        let served = try await Served("--scheme", "slack", paths: 1)
        let url = try served.url("slack").replacingOccurrences(of: "http://", with: "https://")
        let output = try await Command.countersign("run", url, "--scheme", "slack", "--secret", "published")
        #expect(output.status == 3)
        #expect(output.text.contains("TLS failed"))
    }
}
