import Foundation
import ReportModel
import Testing

/// `countersign timing`, on everything that it does not measure: what it measures is in the tests of the harness.
@Suite struct TimingCommandTests {
    @Test func aKeyPairHasNoComparisonToTime() async throws {
        let output = try await Command.countersign(
            "timing", "http://127.0.0.1:1/hook", "--scheme", "discord", "--secret", "published")
        #expect(output.status == 2)
        #expect(output.errors.contains("discord signs with ed25519: who verifies compares nothing that is secret"))
    }

    @Test func anotherMachineMustBeNamed() async throws {
        let output = try await Command.countersign(
            "timing", "http://192.0.2.1/hook", "--scheme", "github", "--secret", "published")
        #expect(output.status == 2)
        #expect(output.errors.contains("--allow 192.0.2.1"))
    }

    @Test func aBudgetBelowOneLookIsRefused() async throws {
        let output = try await Command.countersign(
            "timing", "http://127.0.0.1:1/hook", "--scheme", "github", "--secret", "published", "--budget", "17499")
        #expect(output.status == 2)
        #expect(output.errors.contains("between 17500 and 100000000"))
    }

    @Test func aWrongSecretMeasuresNothing() async throws {
        let served = try await Served(
            "--scheme", "github", "--secret", "env:OTHER", paths: 1, environment: ["OTHER": "another"])
        let output = try await Command.countersign(
            "timing", try served.url("github"), "--scheme", "github", "--secret", "published")
        #expect(output.status == 3)
        #expect(!output.text.contains("no leak"))
        #expect(output.text.contains("inconclusive"))
    }
}
