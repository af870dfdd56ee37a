import Bytes
import Foundation
import ReportModel
import Testing

/// The sound endpoint meets every case of every scheme, hardening included, whatever carries the requests.
@Suite struct WholeCatalogueTests {
    /// The server refuses these lines before an endpoint sees them, so that a refusal says nothing of the endpoint.
    private static let malformed = ["signature/trailing-nul", "header/name-space-before-colon", "header/name-nul"]
    /// Why a case of several requests may be left out here, as code and details; without details, whatever they are.
    /// The self-test runs the cases that take minutes: its clock skips waits.
    private static let reasons: [(code: String, details: String?)] = [
        ("slow", nil), ("too-long", nil), ("no-effect", nil), ("not-given", "key-set"),
        ("moot", "the path names no bridge whose id could be guessed"),
        ("moot", "the path names no bridge, so that of a new one is unknown"),
        // These documents demand no members of a body.
        ("moot", "the endpoint accepted every signed body, even without required members"),
    ]

    private static func isExpected(_ reason: JSON?) -> Bool {
        reasons.contains { code, details in
            reason?["code"]?.string == code && (details == nil || reason?["details"]?.string == details)
        }
    }

    private static let schemes = [
        "scaiwave", "vaultysclaw", "bridge-events", "slack", "discord", "teams-outgoing", "teams-bot", "stripe",
        "github", "standard-webhooks",
    ]

    @Test func noSchemeIsLeftOut() async throws {
        #expect(try await BuiltIn.names() == Self.schemes)
    }

    /// Every scheme over plain HTTP shows that nothing of a scheme is judged wrongly on the wire. TLS carries the same
    /// bytes whatever the scheme, so that one is enough: ScaiWave's, whose run asks everything beside the endpoint that
    /// a run can ask: effects, another bridge, rotation and the administrative interface.
    @Test(.timeLimit(.minutes(10)), arguments: schemes.map { ($0, "http") } + [("scaiwave", "https")])
    func theSoundEndpointMeetsEveryCase(of scheme: String, over transport: String) async throws {
        let folder = try TemporaryFolder()
        if transport == "https" { try #require(try await Command.sh(TLSTests.make, in: folder.url).status == 0) }
        let facts = try await BuiltIn.facts(scheme)
        for (place, payload) in facts.payloads.enumerated() {
            try await expectAllMet(scheme, facts, payload, at: place, over: transport, in: folder)
        }
    }

    private func expectAllMet(
        _ scheme: String, _ facts: (payloads: [String], credentials: [String]), _ payload: String, at place: Int,
        over transport: String, in folder: TemporaryFolder
    ) async throws {
        let tls = transport == "https" ? ["--tls-cert", "right.pem", "--tls-key", "right.key"] : []
        // A new one for each: the run replaces the secret.
        let running = try Running(try Command.tool.path, ["serve", "--scheme", scheme] + tls, in: folder.url)
        let served = try await Served(running, paths: facts.payloads.count)
        let url = try #require(served.urls[scheme]?[place])
        #expect(url.hasPrefix("\(transport)://"))
        let options =
            [
                "--scheme", scheme, "--payload", payload, "--secret", "published", "--level", "all", "--enforce",
                "should", "-j", "4", "--json", "report.json",
                // A new RSA key for the rotation takes a second of processor time, which a busy machine may not have.
                "--timeout", "60",
            ] + (try StateOptions.all(of: scheme, at: url)) + ["--skip-slow"]
            + facts.credentials.flatMap { ["--credential", "\($0)=published"] }
            + (transport == "https" ? ["--ca", "ca.pem"] : [])
        let output = try await Command.run(
            try Command.tool.path, ["run", url] + options, in: folder.url, deadline: 240)
        let name = "\(scheme) \(payload) over \(transport)"
        #expect(output.status == 0, "\(name): \(output.text)\(output.errors)")
        #expect(output.errors.isEmpty, "progress needs a terminal")
        let report = try JSON.parse(folder.bytes("report.json"))
        let summary = report["summary"]
        for count in ["failed", "warned", "noted", "waived", "inconclusive"] {
            #expect(summary?[count]?.integer == 0, "\(name): \(count)\n\(output.text)")
        }
        let unexpected = (report["cases"]?.array ?? []).filter { entry in
            entry["outcome"]?.string == "skipped" && !Self.malformed.contains(entry["id"]?.string ?? "")
                && !Self.isExpected(entry["reason"])
        }
        #expect(unexpected.map { "\($0["id"]?.string ?? ""): \($0["reason"]?.serialized() ?? [])" } == [], "\(name)")
        #expect((summary?["discriminating"]?.integer ?? 0) > 150, "\(name)")
    }
}
