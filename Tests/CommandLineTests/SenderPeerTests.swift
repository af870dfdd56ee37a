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
        /// Whether it is a server, which a POST makes send.
        var isServer = false

        var testDescription: String { name }
        var isNode: Bool { name.hasPrefix("sender-node") }
    }

    static let senders = [
        Sender(
            name: "sender-stripe-requests", secret: "a secret of the sender tests",
            // On a busy machine a process takes so long to begin that all attempts are over while a port is closed.
            arguments: ["--accelerated", "4", "--skip", "sender/retry-on-refused"]),
        Sender(
            name: "sender-standardwebhooks-urllib",
            secret: "whsec_" + Data("thirty-two bytes of a test's key".utf8).base64EncodedString(),
            // Not every machine has IPv6. It gives up after twenty seconds, and on a busy machine a second process may
            // take as long to begin.
            arguments: [
                "--schedule", "2s,4s,8s", "--internal-addresses", "--skip", "sender/internal-ipv6", "--skip",
                "sender/overlapping", "--skip", "sender/retry-on-refused",
            ]),
        // It ignores REQUESTS_CA_BUNDLE too, and its four attempts are over in seven seconds. Each trigger is three calls of
        // a server in Python, so that of cases with the same prediction, one or two are put.
        Sender(
            name: "sender-mlflow", secret: "a secret of the sender tests",
            arguments: ["--profile", "audit", "-j", "8"]
                + [
                    "tls-*", "retry-on-refused", "retry-on-502", "retry-on-503", "retry-on-504", "success-201",
                    "success-202", "success-204", "redirect-302*", "redirect-303*", "redirect-308*",
                ].flatMap {
                    ["--skip", "sender/\($0)"]
                }, isServer: true),
        Sender(
            name: "sender-node-fetch",
            secret: "whsec_" + Data("thirty-two bytes of a test's key".utf8).base64EncodedString(),
            arguments: ["--schedule", "2s,4s,8s,16s", "--internal-addresses", "--skip", "sender/internal-ipv6"]),
        // Its wait of a minute is set to ten seconds: long enough that a busy machine does not make it look like one that
        // grows. It reads no REQUESTS_CA_BUNDLE, so that it delivers nothing to a receiver with a private authority.
        Sender(
            name: "sender-django-webhook", secret: "a secret of the sender tests",
            arguments: [
                "--accelerated", "6", "--schedule", "60s", "--skip", "sender/tls-*", "--skip",
                "sender/retry-on-refused",
            ]),
    ]

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Peers")
    private static let python = root.appendingPathComponent(".peers/bin/python").path
    private static let isInstalled = FileManager.default.isExecutableFile(atPath: python) && Command.isInstalled("node")
    private static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"

    /// A scheme is built in, or a file beside the prediction.
    private static func scheme(_ name: String) -> String {
        name.hasSuffix(".json") ? folder.appendingPathComponent(name).path : name
    }

    @Test(
        .timeLimit(.minutes(10)),
        .enabled(if: isInstalled || isCI, "the peers are not installed; 'bash .ci/peers' does it"),
        arguments: turns)
    func findingsAreThoseThatWerePredicted(_ names: [String]) async throws {
        try #require(Self.isInstalled)
        for sender in Self.senders where names.contains(sender.name) { try await judge(sender) }
    }

    /// Those of a turn come one after the other: each starts dozens of processes, and tests beside it need some of the
    /// machine too.
    static let turns = [
        ["sender-stripe-requests", "sender-node-fetch", "sender-mlflow"],
        ["sender-standardwebhooks-urllib", "sender-django-webhook"],
    ]

    @Test func everySenderHasItsTurn() {
        #expect(Self.turns.flatMap { $0 }.sorted() == Self.senders.map(\.name).sorted())
    }

    private func judge(_ sender: Sender) async throws {
        let prediction = try Prediction(folder: Self.folder, peer: sender.name)
        let file = Self.folder.appendingPathComponent(sender.name + (sender.isNode ? ".js" : ".py")).path
        let reports = try TemporaryFolder()
        let authority = reports.path("tls/authority.pem")
        let server =
            try sender.isServer
            ? Running(
                Self.python, ["-B", file],
                environment: [
                    "SENDER_SECRET": sender.secret, "PEER_DATABASE": reports.path("peer.db"),
                ]) : nil
        // It takes seconds to import.
        let port = try await offThePool { try server?.lines(1, seconds: 120)[0] }
        let program = sender.isNode ? "node" : "'\(Self.python)' -B"
        let trigger = port.map { "http://127.0.0.1:\($0)/trigger" } ?? "exec:\(program) '\(file)' {url} {text}"
        let output = try await Command.run(
            try Command.tool.path,
            [
                "listen", "--scheme", Self.scheme(prediction.scheme), "--secret", "env:RECEIVER_SECRET", "--level",
                "all", "--enforce", "should", "--trigger", trigger, "--quiet", "--json", reports.path("report.json"),
                "--patience", "90", "--tls", reports.path("tls"),
            ] + (sender.isServer ? [] : ["-j", "32"]) + sender.arguments,
            environment: [
                "RECEIVER_SECRET": sender.secret, "SENDER_SECRET": sender.secret, "REQUESTS_CA_BUNDLE": authority,
                "SSL_CERT_FILE": authority, "NODE_EXTRA_CA_CERTS": authority,
            ], deadline: 480)
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
