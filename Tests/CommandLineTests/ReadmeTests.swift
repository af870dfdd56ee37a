import Foundation
import ReportModel
import Testing

/// README's commands and examples, run as they are printed.
@Suite struct ReadmeTests {
    /// The example's scheme is right, its endpoint sound, and the run against it green.
    @Test func theSchemeOfTheExampleWorks() async throws {
        let folder = try TemporaryFolder()
        _ = try Readme.lineScheme(in: folder)
        let lint = try await Command.countersign("schemes", "lint", "line.json", in: folder.url)
        #expect(lint.status == 0, "\(lint.errors)")
        let running = try Running(try Command.tool.path, ["serve", "--scheme", "line.json"], in: folder.url)
        let url = try await Served(running, paths: 1).url("line")
        #expect(url.hasSuffix("/callback"))
        let run = try await Command.countersign(
            "run", url, "--scheme", "line.json", "--secret", "published", in: folder.url)
        #expect(run.status == 0, "\(run.text)\(run.errors)")
        // The signature is LINE's: Base64 of the HMAC-SHA256 of the body, made here by openssl.
        let signed = try await Command.sh(
            """
            BODY='{"destination":"U0","events":[]}'
            SIG=$(printf '%s' "$BODY" | openssl dgst -sha256 -hmac "$SECRET" -binary | openssl base64 -A)
            printf '%s' "$BODY" > body.json
            countersign verify --scheme line.json --secret env:SECRET --body body.json -H "X-Line-Signature: $SIG"
            """, environment: ["SECRET": "channel secret"], in: folder.url)
        #expect(signed.status == 0, "\(signed.text)\(signed.errors)")
    }

    /// The serve-and-run pairs, on the ports that README names, the way a reader pastes them.
    @Test func servingAndRunningAsPrintedFindsTheFlaw() async throws {
        let block = try #require(try Readme.blocks("sh").first { $0.contains("--flaw future-accepted") })
        // The port may be taken on this machine, and a test waits for the endpoint where a reader would be slower.
        let port = try freePort()
        let script = block.replacingOccurrences(of: "8081", with: "\(port)")
            .replacingOccurrences(
                of: " &\n", with: " > serve.log &\nSERVER=$!\nuntil grep -q http serve.log; do :; done\n")
        let folder = try TemporaryFolder()
        let output = try await Command.sh("\(script)\nSTATUS=$?\nkill $SERVER\nexit $STATUS", in: folder.url)
        #expect(output.status == 1, "\(output.text)\(output.errors)")
        // What README shows is what is printed, up to the dots that replace what differs.
        let shown = try #require(try Readme.text().components(separatedBy: "```\ncountersign ").dropFirst().first)
            .components(separatedBy: "\n```")[0].replacingOccurrences(of: "8081", with: "\(port)")
        let lines = "countersign \(shown)".split(separator: "\n")
        #expect(lines.count > 18)
        // An edge of the window is measured, and may be a second less.
        let printed = output.text.replacing(/−299 s/, with: "−300 s")
        for line in lines {
            #expect(printed.contains(line.hasSuffix("…") ? line.dropLast(2) : line), "not printed: \(line)")
        }
    }

    /// The example of `countersign.json`, with the endpoint that it names: every case, and the windows that README shows.
    @Test(.timeLimit(.minutes(10))) func theConfigurationOfTheExampleMeasuresTheWindows() async throws {
        let port = try freePort()
        let folder = try TemporaryFolder()
        // A third of the speed: beside other tests half a second is soon lost, and that is half a minute sixty times as fast.
        let adapted = { (text: String) in
            text.replacingOccurrences(of: "60", with: "20").replacingOccurrences(of: "8083", with: "\(port)")
        }
        let example = try #require(try Readme.blocks("jsonc").first)
        _ = try folder.file("countersign.json", adapted(example))
        let block = try #require(
            try Readme.blocks("sh").first { $0.contains("countersign run\n") || $0.hasSuffix(" run") })
        let script = adapted(block)
            .replacingOccurrences(
                of: " &\n", with: " > serve.log &\nSERVER=$!\nuntil grep -q http serve.log; do :; done\n")
        let output = try await Command.sh("\(script)\nSTATUS=$?\nkill $SERVER\nexit $STATUS", in: folder.url)
        #expect(output.status == 0, "\(output.text)\(output.errors)")
        let shown = try #require(try Readme.text().components(separatedBy: "```\n✓ grace").dropFirst().first)
        for line in "✓ grace\(shown)".components(separatedBy: "\n```")[0].split(separator: "\n") {
            // The last digits are measured.
            #expect(output.text.contains(line.prefix(30)), "not printed: \(line)\n\(output.text)")
        }
        let grace = try #require(output.text.firstMatch(of: /old secret accepted for (\d+) s ± (\d+) after it was/))
        let (seconds, error) = (try #require(Int(grace.1)), try #require(Int(grace.2)))
        #expect(abs(300 - seconds) <= error && error < 10)
        #expect(!output.text.contains("inconclusive"))
    }

    /// The first run on an endpoint of one's own, before anything listens there.
    @Test func theFirstRunSaysThatNothingListens() async throws {
        let block = try #require(try Readme.blocks("sh").first { $0.contains("export BRIDGE_SECRET") })
        let port = try ClosedPort()
        defer { withExtendedLifetime(port) {} }
        let script = block.replacingOccurrences(of: "8080", with: "\(port.number)")
        let output = try await Command.sh(script)
        #expect(output.status == 3, "\(output.text)\(output.errors)")
        #expect(output.text.contains("the target could not be reached"))
    }

    /// The command of the CI job, against a sound endpoint.
    @Test func theCommandOfTheJobWritesItsReports() async throws {
        let folder = try TemporaryFolder()
        let running = try Running(try Command.tool.path, ["serve", "--scheme", "slack"], in: folder.url)
        let url = try await Served(running, paths: 1).url("slack")
        let job = try #require(try Readme.blocks("yaml").first)
        let command = try #require(job.firstRange(of: ".build/release/countersign"))
        let script =
            "countersign"
            + job[command.upperBound...]
            .replacingOccurrences(of: "http://127.0.0.1:8080/hook", with: url)
        let secret = try await Command.countersign("schemes", "show", "slack", "--published-secret").text
        let output = try await Command.sh(
            script, environment: ["SLACK_SECRET": secret.trimmingCharacters(in: .newlines)], in: folder.url)
        #expect(output.status == 0, "\(output.text)\(output.errors)")
        for name in ["junit.xml", "report.json"] {
            #expect(FileManager.default.fileExists(atPath: folder.url.appendingPathComponent(name).path))
        }
    }

    @Test func commandsByHandWorkAsPrinted() async throws {
        let block = try #require(try Readme.blocks("sh").first { $0.contains("countersign sign") })
        let output = try await Command.sh("set -e\n\(block)", environment: ["BRIDGE_SECRET": "a test secret"])
        #expect(output.status == 0, "\(output.errors)")
        #expect(output.text.contains("X-Hub-Signature-256: sha256="))
        #expect(output.text.contains("A correctly signed request stamped a year ahead is rejected."))
    }

    @Test func theTableOfSchemesIsWhole() async throws {
        let readme = try Readme.text()
        let schemes = try await Command.countersign("schemes")
        for line in schemes.text.split(separator: "\n") {
            let name = String(line.prefix { $0 != " " })
            let row = readme.split(separator: "\n").first { $0.hasPrefix("| `\(name)` |") }
            let columns = row?.split(separator: "|").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " `")) }
            #expect(columns != nil, "\(name) is not in README")
            if let columns { #expect(line.contains(" \(columns[1]) "), "\(name) signs other bytes") }
        }
    }

    /// Every option and command that README names exists.
    @Test func nothingIsNamedThatIsNotThere() async throws {
        var help = ""
        for command in HelpTests.commands {
            help += try await Command.run(try Command.tool.path, command + ["--help"], deadline: 60).text
        }
        let readme = try Readme.text()
        let options = Set(readme.matches(of: /(?:^|[ `(])(--[a-z][a-z-]+)/).map { String($0.output.1) })
        #expect(options.count > 12)
        for option in options.sorted() { #expect(help.contains(option), "\(option) is in README and in no help") }
    }
}
