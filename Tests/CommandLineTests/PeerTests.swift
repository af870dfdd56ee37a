import Bytes
import Foundation
import ReportModel
import Testing

/// Endpoints around libraries that real systems use. What each gets wrong was foretold by reading its code, and stands
/// beside it, with the place and the reason; a run must find exactly that.
@Suite struct PeerTests {
    struct Peer: Sendable, CustomTestStringConvertible {
        /// The name of its files in `Peers/`.
        let name: String
        let path: String
        var secret = "a secret of the peer tests"
        /// What its program needs to know beside the secret.
        var environment: [String: String] = [:]
        /// What the run needs to know beside the secret.
        var arguments: [String] = []
        /// Whether it finds keys where the run serves them.
        var fetchesKeys = false

        var testDescription: String { name }
        var isNode: Bool { name.hasSuffix("-node") }
    }

    static let peers = [
        Peer(name: "slack-sdk-python", path: "/slack/events"), Peer(name: "stripe-python", path: "/stripe/webhook"),
        Peer(
            name: "standardwebhooks-python", path: "/webhooks/standard",
            secret: "whsec_" + Data("thirty-two bytes of a test's key".utf8).base64EncodedString()),
        Peer(name: "gidgethub-python", path: "/github/webhook"),
        Peer(name: "line-bot-sdk-python", path: "/callback"),
        // The second pair of RFC 8032 §7.1: the first is one that a case tries.
        Peer(
            name: "discord-interactions-python", path: "/discord/interactions",
            secret: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            environment: ["PEER_PUBLIC_KEY": "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"]),
        Peer(
            name: "pyjwt-python", path: "/api/messages", secret: publishedKey,
            environment: ["PEER_APP_ID": "app-of-the-test"],
            arguments: ["--credential", "app-id=env:PEER_APP_ID"], fetchesKeys: true),
        Peer(
            name: "bridge-sample-node", path: "/webhooks/bridge-events",
            environment: [
                "BRIDGE_WEBHOOK_SECRET": "a secret of the peer tests", "BRIDGE_WEBHOOK_API_KEY": "key-of-the-test",
            ],
            arguments: ["--credential", "api-key=env:BRIDGE_WEBHOOK_API_KEY"]),
    ]

    /// An RSA key that the repository holds.
    private static var publishedKey: String {
        let file = "Sources/Schemes/PublishedKeys/published-never-for-use-1.pem"
        return (try? String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)) ?? ""
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Peers")
    /// Not standardised: that would follow the link which makes Python one of the virtual environment.
    private static let python = root.appendingPathComponent(".peers/bin/python").path
    private static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"

    /// What must be installed for a peer.
    private static func program(of peer: Peer) -> String? {
        if peer.isNode { return Command.isInstalled("node") ? "/usr/bin/env" : nil }
        return FileManager.default.isExecutableFile(atPath: python) ? python : nil
    }

    /// LINE's scheme is not built in: it is the one that README describes, in a file as a user would have it.
    private static func scheme(_ name: String, in folder: TemporaryFolder) throws -> String {
        name == "line" ? try Readme.lineScheme(in: folder) : name
    }

    private static let missing = peers.filter { program(of: $0) == nil }.map(\.name)

    /// A fresh machine has none of them, and says so; where everything must be shown, that is a failure.
    @Test(
        .enabled(
            if: missing.isEmpty || isCI,
            "not installed: \(missing.joined(separator: ", ")); 'bash .ci/peers' does it"))
    func everyPeerIsInstalled() {
        #expect(Self.missing.isEmpty)
    }

    @Test(.timeLimit(.minutes(10)), arguments: peers.filter { program(of: $0) != nil })
    func findingsAreThoseThatWereForetold(_ peer: Peer) async throws {
        let program = try #require(Self.program(of: peer))
        let prediction = try Prediction(folder: Self.folder, peer: peer.name)
        let keys = "127.0.0.1:\(try freePort())"
        let environment = peer.environment.merging([
            "PEER_SECRET": peer.secret, "PEER_OPENID_URL": "http://\(keys)/v1/.well-known/openidconfiguration",
        ]) { own, _ in own }
        let file = Self.folder.appendingPathComponent(peer.name + (peer.isNode ? ".js" : ".py")).path
        let endpoint = try Running(program, peer.isNode ? ["node", file] : ["-B", file], environment: environment)
        // Some libraries take seconds to import, and all of them are imported at once.
        let port = try await offThePool { try endpoint.lines(1, seconds: 120)[0] }

        let reports = try TemporaryFolder()
        let scheme = try Self.scheme(prediction.scheme, in: reports)
        let listening = peer.fetchesKeys ? ["--jwks-listen", keys] : []
        let output = try await Command.run(
            try Command.tool.path,
            [
                "run", "http://127.0.0.1:\(port)\(peer.path)", "--scheme", scheme, "--secret", "env:PEER_SECRET",
                "--level", "all", "--enforce", "should", "--quiet", "--json", reports.path("report.json"),
            ] + peer.arguments + listening,
            environment: environment, deadline: 240)
        #expect(output.status == 1, "\(output.text)\(output.errors)")

        let report = try JSON.parse(reports.bytes("report.json"))
        #expect(report[pointer: "/summary/inconclusive"]?.integer == 0)
        let found = try Prediction.findings(of: report).filter { !prediction.varying.contains($0.key) }
        for (id, impact) in found.sorted(by: { $0.key < $1.key }) where prediction.findings[id] != impact {
            Issue.record("\(id): \(impact), foretold was \(prediction.findings[id] ?? "that it is met")")
        }
        for id in prediction.findings.keys.sorted() where found[id] == nil {
            Issue.record("\(id) is met, foretold was \(prediction.findings[id] ?? "")")
        }
    }

    /// Predictions name cases that exist, each once, with its place and reason.
    @Test(arguments: peers) func predictionsAreWhole(_ peer: Peer) async throws {
        let prediction = try Prediction(folder: Self.folder, peer: peer.name)
        let folder = try TemporaryFolder()
        let scheme = try Self.scheme(prediction.scheme, in: folder)
        let listed = try await Command.countersign("list", "--all", "--scheme", scheme)
        let known = Set(listed.text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
        #expect(prediction.findings.keys.filter { !known.contains($0) }.isEmpty)
        #expect(prediction.isWellFormed)
    }
}

/// What a reader of an endpoint's code says that it gets wrong.
struct Prediction {
    let scheme: String
    /// The impact of each case that is not met, or that it was skipped.
    let findings: [String: String]
    /// Cases whose result changes from run to run, for a reason that the file gives.
    let varying: Set<String>
    let isWellFormed: Bool

    init(folder: URL, peer: String) throws {
        let file = try JSON.parse([UInt8](Data(contentsOf: folder.appendingPathComponent("\(peer).json"))))
        scheme = file["scheme"]?.string ?? ""
        var (findings, count, isWellFormed) = ([String: String](), 0, true)
        for group in file["findings"]?.array ?? [] {
            let cases = (group["cases"]?.array ?? []).compactMap(\.string)
            let impact = group["impact"]?.string ?? ""
            isWellFormed =
                isWellFormed && !cases.isEmpty
                && ["forgery", "refusal", "loss", "crash", "contract", "leak", "skipped"].contains(impact)
            isWellFormed =
                isWellFormed && group["where"]?.string?.isEmpty == false && group["because"]?.string?.isEmpty == false
            for id in cases { findings[id] = impact }
            count += cases.count
        }
        self.findings = findings
        self.isWellFormed = isWellFormed && count == findings.count && count > 0
        varying = Set((file["varies"]?.array ?? []).compactMap { $0["case"]?.string })
    }

    /// The impact of each case of a report that is not passed; where there is none, its outcome. What can't be
    /// seen of a peer, which has no observer and no other bridge, is left out.
    static func findings(of report: JSON) throws -> [String: String] {
        guard let cases = report["cases"]?.array else { throw CommandFailure(description: "the report has no cases") }
        return cases.reduce(into: [:]) { found, entry in
            guard let id = entry["id"]?.string, entry["outcome"]?.string != "pass" else { return }
            let code = entry["reason"]?["code"]?.string ?? ""
            // A case that is moot says in its own words what it could not see.
            if ["not-given", "status-only", "moot"].contains(code) { return }
            found[id] = entry["impact"]?.string ?? entry["outcome"]?.string ?? ""
        }
    }
}
