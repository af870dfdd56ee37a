import Schemes
import Testing

/// What a user sees where one fault explains almost everything.
@Suite struct CauseReportTests {
    @Test(
        "The report on an endpoint that checks nothing fits on one screen",
        arguments: ["scaiwave", "slack", "stripe", "github"])
    func oneScreen(scheme: String) async throws {
        let paths = try #require(SchemeLibrary.scheme(named: scheme)).payloads.count
        let served = try await Served("--scheme", scheme, "--flaw", "no-verification", paths: paths)
        let output = try await Command.countersign(
            "run", served.url(scheme), "--scheme", scheme, "--secret", "published", environment: ["COLUMNS": "100"])
        #expect(output.status == 1)
        #expect(output.text.split(separator: "\n", omittingEmptySubsequences: false).count <= 45)
        #expect(output.text.contains("Your endpoint accepts every request, signed or not: nothing calls the verifier."))
    }
}
