import Bytes
import Foundation
import ReportModel
import Testing

/// Small senders around libraries that real systems sign and send with. What each gets wrong was predicted by reading
/// the libraries, and is in a file beside it; a run must find exactly that.
@Suite struct SenderPeerTests {
    struct Sender: Sendable, CustomTestStringConvertible {
        /// The name of its files in `Peers/`.
        let name: String
        let secret: String
        let arguments: [String]

        var testDescription: String { name }
    }

    static let senders = [
        Sender(
            name: "sender-stripe-requests", secret: "a secret of the sender tests", arguments: ["--accelerated", "4"]),
        Sender(
            name: "sender-standardwebhooks-urllib",
            secret: "whsec_" + Data("thirty-two bytes of a test's key".utf8).base64EncodedString(),
            // Not every machine has IPv6. It gives up after twenty seconds, and on a busy machine a second process may
            // take as long to begin.
            arguments: [
                "--schedule", "2s,4s,8s", "--internal-addresses", "--skip", "sender/internal-ipv6", "--skip",
                "sender/overlapping",
            ]),
        // Its wait of a minute is set to ten seconds: long enough that a busy machine does not make it look like one that
        // grows. It reads no REQUESTS_CA_BUNDLE, so that it delivers nothing to a receiver with a private authority.
        Sender(
            name: "sender-django-webhook", secret: "a secret of the sender tests",
            arguments: ["--accelerated", "6", "--schedule", "60s", "--skip", "sender/tls-*"]),
    ]

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Peers")
    private static let python = root.appendingPathComponent(".peers/bin/python").path
    private static let isInstalled = FileManager.default.isExecutableFile(atPath: python)
    private static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"

    /// A scheme is built in, or a file beside the prediction.
    private static func scheme(_ name: String) -> String {
        name.hasSuffix(".json") ? folder.appendingPathComponent(name).path : name
    }

    @Test(
        .timeLimit(.minutes(5)),
        .enabled(if: isInstalled || isCI, "the Python peers are not installed; 'bash .ci/peers' does it"),
        arguments: senders)
    func findingsAreThoseThatWerePredicted(_ sender: Sender) async throws {
        try #require(Self.isInstalled)
        let prediction = try Prediction(folder: Self.folder, peer: sender.name)
        let file = Self.folder.appendingPathComponent("\(sender.name).py").path
        let reports = try TemporaryFolder()
        let authority = reports.path("tls/authority.pem")
        let output = try await Command.run(
            try Command.tool.path,
            [
                "listen", "--scheme", Self.scheme(prediction.scheme), "--secret", "env:RECEIVER_SECRET", "--level",
                "all", "--enforce", "should", "--trigger", "exec:'\(Self.python)' -B '\(file)' {url} {text}",
                "--quiet", "--json", reports.path("report.json"), "-j", "32", "--tls", reports.path("tls"),
            ] + sender.arguments,
            environment: [
                "RECEIVER_SECRET": sender.secret, "SENDER_SECRET": sender.secret, "REQUESTS_CA_BUNDLE": authority,
                "SSL_CERT_FILE": authority,
            ], deadline: 240)
        #expect(output.status == 1, "\(output.text)\(output.errors)")
        let report = try JSON.parse(reports.bytes("report.json"))
        #expect(report[pointer: "/summary/inconclusive"]?.integer == 0, "\(output.text)")
        let found = try Prediction.findings(of: report)
        #expect(found == prediction.findings, "\(output.text)")
    }

    @Test(arguments: senders) func predictionsAreWhole(_ sender: Sender) async throws {
        let prediction = try Prediction(folder: Self.folder, peer: sender.name)
        let listed = try await Command.countersign(
            "list", "--scheme", Self.scheme(prediction.scheme), "--only", "sender/*")
        let known = Set(listed.text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
        #expect(prediction.findings.keys.filter { !known.contains($0) } == [])
        #expect(prediction.isWellFormed)
    }

    /// The files that senders bring have no mistakes.
    @Test(arguments: senders.map(\.name)) func schemeFilesAreSound(_ name: String) async throws {
        let prediction = try Prediction(folder: Self.folder, peer: name)
        let output = try await Command.countersign("schemes", "lint", Self.scheme(prediction.scheme))
        #expect(output.status == 0, "\(output.text)\(output.errors)")
    }
}
