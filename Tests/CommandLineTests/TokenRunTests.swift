import Bytes
import Foundation
import ReportModel
import Testing

/// `run` with a scheme of tokens: the keys that it serves, and an endpoint that looks at none.
@Suite struct TokenRunTests {
    private static let options = [
        "--scheme", "teams-bot", "--secret", "published", "--credential", "app-id=published",
    ]

    private static func served(_ arguments: String...) async throws -> Served {
        try await Served(
            Running(try Command.tool.path, ["serve", "--scheme", "teams-bot"] + arguments), paths: 2)
    }

    /// VaultysClaw's document: "verification TODO. Do not expose this endpoint publicly".
    @Test func theUnverifiedPreviewOfVaultysClawFailsLoudly() async throws {
        let served = try await Self.served("--flaw", "vaultysclaw-teams-preview")
        let url = try #require(served.urls["teams-bot"]?.last)
        #expect(url.hasSuffix("/api/bridges/teams/incoming"))
        let reports = try TemporaryFolder()
        let output = try await Command.run(
            try Command.tool.path,
            ["run", url, "--payload", "vaultysclaw", "--json", reports.path("report.json")] + Self.options,
            deadline: 120)
        #expect(output.status == 1, "\(output.text)\(output.errors)")
        let report = try JSON.parse(reports.bytes("report.json"))
        let failed = (report["cases"]?.array ?? []).filter { $0["outcome"] == "fail" }
        #expect(failed.count { $0["impact"] == "forgery" } > 100)
        #expect(failed.contains { $0["id"] == "presence/no-signature-header" })
        // The sentences that tell a reader what happened, and what the document says of it.
        #expect(output.text.contains("A request without the signature header is rejected."))
        #expect(output.text.contains("An endpoint that does not verify the token must not be exposed publicly"))
        #expect(output.text.contains("exit 1"))
    }

    @Test func theKeysAreServedWhileTheRunLasts() async throws {
        let served = try await Self.served()
        let url = try served.url("teams-bot")
        let port = try freePort()
        let output = try await Command.run(
            try Command.tool.path, ["run", url, "--jwks-listen", "\(port)", "--only", "token/*"] + Self.options,
            deadline: 120)
        #expect(output.status == 0, "\(output.text)\(output.errors)")
        #expect(
            output.errors
                == "keys: http://127.0.0.1:\(port)/v1/.well-known/openidconfiguration, until the run ends\n")
    }

    @Test func aPortThatIsTakenIsSaidBeforeAnythingIsSent() async throws {
        let taken = try ScriptedServer { _, _ in }
        let endpoint = try ScriptedServer { _, _ in }
        let output = try await Command.run(
            try Command.tool.path,
            ["run", "http://127.0.0.1:\(endpoint.port)/", "--jwks-listen", "127.0.0.1:\(taken.port)"] + Self.options,
            deadline: 60)
        #expect(output.status == 2)
        #expect(output.errors.contains("the keys can't be served at 127.0.0.1:\(taken.port)"))
        #expect(output.text.isEmpty)
    }
}
