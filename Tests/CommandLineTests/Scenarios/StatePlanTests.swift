import Foundation
import ReportModel
import Testing

/// What `--dry-run` says of the cases of several requests: what waits, how long, and what is left out for which reason.
@Suite struct StatePlanTests {
    private static let target = "http://127.0.0.1:9/v1/bridges/br_countersign/inbound"
    /// Nothing here is asked.
    private static let facilities = [
        "--observe", "http://127.0.0.1:9/effects#/count", "--rotate", "exec:exit 1", "--admin",
        "http://127.0.0.1:9/bridges", "--admin-token", "published",
    ]

    /// The lines of a plan over the families that wait, without blanks in front; the totals stand apart.
    private static func plan(_ arguments: [String]) async throws -> (cases: [String], totals: [String]) {
        let output = try await Command.run(
            try Command.tool.path,
            [
                "run", target, "--scheme", "scaiwave", "--secret", "published", "--level", "all", "--dry-run",
                "--only", "rotation/**", "--only", "replay/remembered", "--only", "replay/last-moment", "--only",
                "replay/two-bridges", "--only", "presence/no-signature-header", "--diagnose", "off",
            ] + arguments, deadline: 60)
        #expect(output.status == 0, "\(output.errors)")
        #expect(output.errors.isEmpty)
        let lines = output.text.split(separator: "\n").map(String.init)
        return (
            lines.filter { $0.hasPrefix("  ") }.map { String($0.dropFirst(2)) }, lines.filter { !$0.hasPrefix("  ") }
        )
    }

    private static func totals(skipped: Int, requests: Int) -> String {
        "13 cases\(skipped > 0 ? ", \(skipped) of them skipped" : ""), at least \(requests) requests to \(target), "
            + "about half of them valid. Nothing was sent."
    }

    private static let waiting = [
        "must   presence/no-signature-header",
        "should replay/two-bridges  skipped: needs a second bridge (--second)",
        "must   replay/last-moment  waits 570 s",
        "must   replay/remembered  waits 630 s",
        "must   rotation/new-at-once",
        "must   rotation/old-within-grace",
        "must   rotation/grace-short  waits 300 s",
        "must   rotation/old-after-grace  waits 300 s",
        "must   rotation/second-keeps-previous",
        "must   rotation/second-restarts-grace  waits 300 s",
        "may    rotation/second-drops-oldest",
        "must   rotation/both-signatures",
        "must   rotation/pause-keeps-grace  waits 300 s",
    ]

    struct Speed: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let seconds: Int
        var testDescription: String { arguments.joined(separator: " ") }
    }

    /// The longest wait, 630 s of the target's clock, through the speed of that clock, rounded up.
    @Test(
        arguments: [
            Speed(arguments: [], seconds: 630), Speed(arguments: ["--speed", "60"], seconds: 11),
            Speed(arguments: ["--speed", "1000"], seconds: 1),
        ])
    func waitsAreShown(speed: Speed) async throws {
        let plan = try await Self.plan(Self.facilities + speed.arguments)
        #expect(plan.cases == Self.waiting)
        #expect(
            plan.totals == [
                Self.totals(skipped: 1, requests: 46),
                "Other cases run while these wait, so the run takes at least \(speed.seconds) s. "
                    + "--skip-slow leaves them out.",
            ])
    }

    @Test func slowCasesAreLeftOutWithTheirReason() async throws {
        let plan = try await Self.plan(Self.facilities + ["--skip-slow"])
        #expect(
            plan.cases
                == Self.waiting.map { line in
                    guard let wait = line.range(of: "  waits ") else { return line }
                    return "\(line[..<wait.lowerBound])  skipped: waits \(line[wait.upperBound...]) (--skip-slow)"
                })
        #expect(plan.totals == [Self.totals(skipped: 7, requests: 22)])
    }

    @Test func whatIsMissingIsNamed() async throws {
        let plan = try await Self.plan([])
        let needs = [
            "presence/no-signature-header": "", "replay/two-bridges": "  skipped: needs a second bridge (--second)",
            "replay/last-moment": "  skipped: needs a way to count effects (--observe)",
            "replay/remembered": "  skipped: needs a way to count effects (--observe)",
            "rotation/pause-keeps-grace": "  skipped: needs access to the administrative interface (--admin)",
        ]
        for line in plan.cases {
            let id = String(line.dropFirst(7).prefix { $0 != " " })
            #expect(
                line.dropFirst(7 + id.count) == needs[id]
                    ?? "  skipped: needs a way to replace the secret (--rotate or --admin)", "\(line)")
        }
        #expect(plan.cases.count == 13)
        #expect(plan.totals == [Self.totals(skipped: 12, requests: 2)])
    }

    /// ScaiWave's document has a call that replaces the secret, so its admin interface is enough.
    @Test func adminReplacesTheSecretToo() async throws {
        let plan = try await Self.plan(["--admin", "http://127.0.0.1:9/bridges", "--admin-token", "published"])
        #expect(plan.cases.contains("must   rotation/old-after-grace  waits 300 s"))
        #expect(plan.cases.contains("must   rotation/pause-keeps-grace  waits 300 s"))
        #expect(plan.totals.last?.contains("at least 300 s") == true)
    }

    @Test(
        arguments: [
            (["--second", "http://127.0.0.1:9/b"], "--second-secret"),
            (["--second-secret", "published"], "--second-secret needs --second."),
            (
                ["--second", "http://127.0.0.1:9/b", "--second-secret", "published", "--second-observe", "nonsense"],
                "--second-observe"
            ),
            (["--admin", "http://127.0.0.1:9/b"], "--admin-token"),
            (["--observe", "http://127.0.0.1:9/effects"], "--observe"),
            (["--observe", "http://127.0.0.1:9/effects#count"], "JSON pointer"),
            (["--rotate", "prompt"], "needs a terminal"),
            (["--speed", "0"], "--speed"),
        ])
    func whatCanNotBeUsedIsAnError(arguments: [String], named: String) async throws {
        let output = try await Command.run(
            try Command.tool.path,
            ["run", Self.target, "--scheme", "scaiwave", "--secret", "published", "--dry-run"] + arguments, deadline: 60
        )
        #expect(output.status == 2)
        #expect(output.errors.contains(named), "\(output.errors)")
        #expect(output.text.isEmpty)
    }
}
