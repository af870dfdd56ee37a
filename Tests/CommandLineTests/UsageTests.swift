import Foundation
import ReportModel
import Testing

/// What is wrong in the words of the command line: exit code 2, a sentence that says what to do, and nothing sent.
@Suite struct UsageTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let arguments: [String]
        /// What the message must say.
        let says: [String]

        init(_ name: String, _ arguments: String..., says: [String]) {
            testDescription = name
            self.arguments = arguments
            self.says = says
        }
    }

    private static let url = "http://127.0.0.1:9/hook"

    static let mistakes = [
        Mistake("a command that is none", "rnu", says: ["'rnu'", "Did you mean 'run'"]),
        Mistake("an option that is none", "run", url, "--schem", "slack", says: ["'--schem'", "'--scheme'"]),
        Mistake(
            "a scheme that is none", "run", url, "--scheme", "slak", "--secret", "published",
            says: ["'slak'", "'slack'"]),
        Mistake(
            "keys for a scheme without tokens", "run", url, "--scheme", "slack", "--secret", "published",
            "--jwks-listen", "127.0.0.1:9", says: ["slack has no tokens", "--jwks-listen"]),
        Mistake(
            "keys at a name", "run", url, "--scheme", "teams-bot", "--secret", "published", "--credential",
            "app-id=published", "--jwks-listen", "keys.example:9000", says: ["'keys.example:9000'", "127.0.0.1:9000"]),
        Mistake(
            "keys without a port", "run", url, "--scheme", "teams-bot", "--secret", "published", "--credential",
            "app-id=published", "--jwks-listen", "0.0.0.0", says: ["'0.0.0.0'", "127.0.0.1:9000"]),
        Mistake("no URL", "run", "--scheme", "slack", "--secret", "published", says: ["<url>"]),
        Mistake("no scheme", "run", url, "--secret", "published", says: ["--scheme"]),
        Mistake("no secret", "run", url, "--scheme", "slack", says: ["--secret"]),
        Mistake("a URL that is none", "run", "ftp:/x", "--scheme", "slack", "--secret", "published", says: ["<url>"]),
        Mistake(
            "the secret itself", "run", url, "--scheme", "slack", "--secret", "hunter2hunter2",
            says: ["never the value itself", "env:NAME"]),
        Mistake(
            "a variable that is not set", "run", url, "--scheme", "slack", "--secret", "env:CS_NOT_SET",
            says: ["'CS_NOT_SET'", "not set"]),
        Mistake(
            "a secret file that is not there", "run", url, "--scheme", "slack", "--secret", "file:/nowhere/at/all",
            says: ["/nowhere/at/all"]),
        Mistake(
            "a secret of another form", "run", url, "--scheme", "standard-webhooks", "--secret", "env:CS_PLAIN",
            says: ["whsec_"]),
        Mistake(
            "a credential that is missing", "run", url, "--scheme", "bridge-events", "--secret", "published",
            says: ["--credential api-key=env:NAME"]),
        Mistake(
            "a credential that is none", "run", url, "--scheme", "slack", "--secret", "published", "--credential",
            "x=env:Y", says: ["no credentials"]),
        Mistake(
            "a pattern that matches nothing", "run", url, "--scheme", "slack", "--secret", "published", "--only",
            "timestmp/**", says: ["'timestmp/**'"]),
        Mistake(
            "a pattern of another scheme", "run", url, "--scheme", "github", "--secret", "published", "--only",
            "timestamp/**", says: ["do not apply to github"]),
        Mistake(
            "a level that is none", "run", url, "--scheme", "slack", "--secret", "published", "--level", "most",
            says: ["'most'", "must"]),
        Mistake(
            "a number that is none", "run", url, "--scheme", "slack", "--secret", "published", "-j", "+5",
            says: ["'+5'"]),
        Mistake(
            "a shard that is none", "run", url, "--scheme", "slack", "--secret", "published", "--shard", "5/4",
            says: ["'5/4'"]),
        Mistake(
            "another machine", "run", "http://endpoint.example/hook", "--scheme", "slack", "--secret", "published",
            says: ["--allow endpoint.example"]),
        Mistake(
            "a scheme that is none, and another machine", "run", "http://endpoint.example/hook", "--scheme", "slakc",
            "--secret", "published", says: ["Did you mean 'slack'"]),
        Mistake("an option near to none", "run", url, "--frob", says: ["Unknown option '--frob'\n"]),
        Mistake(
            "a body file that is not there", "run", url, "--scheme", "slack", "--secret", "published", "--body",
            "/nowhere.json", says: ["/nowhere.json"]),
        Mistake(
            "a case that is none", "explain", "timestamp/future-one-yaer",
            says: ["Did you mean 'timestamp/future-one-year'"]),
        Mistake(
            "a case of another scheme", "explain", "timestamp/future-one-year", "--scheme", "github",
            says: ["does not apply to github"]),
        Mistake("a flaw that is none", "serve", "--flaw", "no-such-flaw", says: ["'no-such-flaw'", "--flaws"]),
        Mistake("a certificate without its key", "serve", "--tls-cert", "x.pem", says: ["--tls-key"]),
        Mistake("a speed out of bounds", "serve", "--speed", "1001", says: ["'1001'", "between 1 and 1000"]),
        Mistake("a grace that is none", "serve", "--grace", "5m", says: ["'5m'", "--grace"]),
        Mistake("a memory that is none", "serve", "--dedupe", "-1", says: ["--dedupe"]),
        Mistake("a token given by itself", "serve", "--admin-token", "hunter2", says: ["env:NAME", "never the value"]),
        Mistake(
            "a time after the year 9999", "sign", "--scheme", "slack", "--secret", "published", "--timestamp",
            "253402300800", says: ["'253402300800'", "between 0 and 253402300799"]),
        Mistake(
            "the greatest number as a time", "sign", "--scheme", "slack", "--secret", "published", "--timestamp",
            "9223372036854775807", says: ["between 0 and 253402300799"]),
        Mistake(
            "a time before 1970", "verify", "--scheme", "slack", "--secret", "published", "--now=-1",
            says: ["'-1'", "between 0 and 253402300799"]),
        Mistake(
            "an id with a line break", "sign", "--scheme", "standard-webhooks", "--secret", "published", "--id",
            "a\r\nX-Admin: 1", says: ["'a\\r\\nX-Admin: 1'", "line breaks"]),
        Mistake(
            "a credential with a line break", "run", url, "--scheme", "bridge-events", "--secret", "published",
            "--credential", "api-key=env:CS_LINES", says: ["--credential api-key=…", "line break"]),
        Mistake(
            "a URL that is none", "sign", "--scheme", "slack", "--secret", "published", "--url", "127.0.0.1",
            says: ["'127.0.0.1'", "--url <url>", "http://"]),
        Mistake("a vector that is none", "vectors", "show", "control/plian", says: ["Did you mean 'control/plain'"]),
        Mistake("a shell that is none", "completion", "powershell", says: ["'powershell'", "bash"]),
        Mistake(
            "a header line that is none", "verify", "--scheme", "slack", "--secret", "published", "-H", "nocolon",
            says: ["Name: value"]),
        Mistake("a scheme file that is not there", "schemes", "lint", "nowhere.json", says: ["nowhere.json"]),
    ]

    @Test(arguments: mistakes) func aMistakeIsExplained(_ mistake: Mistake) async throws {
        let output = try await Command.run(
            try Command.tool.path, mistake.arguments,
            environment: ["CS_PLAIN": "not base64!", "CS_LINES": "key\r\nX-Admin: 1"], deadline: 60)
        #expect(output.status == 2)
        #expect(output.stdout.isEmpty, "results go to standard output, and there are none")
        for text in mistake.says { #expect(output.errors.contains(text), "does not say \(text): \(output.errors)") }
    }

    /// A user who gave the value itself by mistake must not find it in a log.
    @Test func aSecretGivenByMistakeIsNotRepeated() async throws {
        for arguments in [
            ["--secret", "hunter2hunter2"], ["--secret=hunter2hunter2"],
            ["--secret", "published", "--credential", "hunter2hunter2"],
            ["--secret", "published", "--credential", "api-key=hunter2hunter2"],
        ] {
            let output = try await Command.run(
                try Command.tool.path, ["run", Self.url, "--scheme", "bridge-events"] + arguments, deadline: 60)
            #expect(output.status == 2)
            #expect(!(output.text + output.errors).contains("hunter2hunter2"))
        }
    }

    @Test func aSchemeFileWithMistakesSaysWhereTheyAre() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("mine.json", #"{"format": 1, "id": "mine", "signature": {"header": ""}}"#)
        let output = try await Command.countersign("schemes", "lint", file)
        #expect(output.status == 2)
        #expect(output.errors.contains("mine.json"))
        #expect(output.errors.contains("signature"))
    }

    @Test func theSecretComesFromAFileOrStandardInputToo() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("secret.txt", "a secret of the test\n")
        let arguments = ["sign", "--scheme", "github", "--timestamp", "1700000000", "--id", "x", "--secret"]
        let tool = try Command.tool.path
        let fromFile = try await Command.run(tool, arguments + ["file:\(file)"], deadline: 60)
        let fromInput = try await Command.run(
            tool, arguments + ["-"], input: Array("a secret of the test\n".utf8), deadline: 60)
        let fromVariable = try await Command.run(
            tool, arguments + ["env:S"], environment: ["S": "a secret of the test"], deadline: 60)
        #expect(fromFile.status == 0)
        #expect(fromFile.text.contains("X-Hub-Signature-256: sha256="))
        #expect(fromFile.stdout == fromInput.stdout)
        #expect(fromFile.stdout == fromVariable.stdout)
    }

    /// Without a command nothing is done: the help goes to standard error, where it can't be taken for a result.
    @Test(arguments: [[], ["vectors"]]) func aMissingSubcommandIsAskedFor(words: [String]) async throws {
        let output = try await Command.run(try Command.tool.path, words, deadline: 60)
        let help = try await Command.run(try Command.tool.path, words + ["--help"], deadline: 60)
        #expect(output.status == 2)
        #expect(output.stdout.isEmpty)
        #expect(!help.text.isEmpty && output.errors == help.text)
    }

    @Test func inputsThatAreTooLargeAreRefused() async throws {
        let folder = try TemporaryFolder()
        let secret = try folder.file("secret", String(repeating: "a", count: 65_537) + "\n")
        let body = try folder.file("body", "")
        try FileHandle(forWritingTo: URL(fileURLWithPath: body)).truncate(atOffset: (16 << 20) + 1)
        for (arguments, message) in [
            (["--secret", "file:\(secret)"], "the value of --secret has more than 64 KiB"),
            (["--secret", "published", "--body", body], "the body file of --body has more than 16 MiB"),
        ] {
            let output = try await Command.run(
                try Command.tool.path, ["sign", "--scheme", "github"] + arguments, deadline: 60)
            #expect(output.status == 2)
            #expect(output.errors == "Error: \(message)\n")
        }
        let largest = try folder.file("largest", String(repeating: "a", count: 65_536) + "\r\n")
        let output = try await Command.countersign("sign", "--scheme", "github", "--secret", "file:\(largest)")
        #expect(output.status == 0, "\(output.errors)")
    }

    /// A scheme file is somebody else's text: what a terminal would obey or hide is shown as an escape.
    @Test func nothingOfASchemeFileReachesTheTerminalRaw() async throws {
        let folder = try TemporaryFolder()
        let shown = try await Command.countersign("schemes", "show", "slack")
        // The text of a clause is a sentence; other members of that name are pointers and places.
        let parts = shown.text.components(separatedBy: "\"text\": \"")
        let nasty = parts.dropFirst().reduce(parts[0]) { text, part in
            let isSentence = part.first?.isUppercase == true
            return text + "\"text\": \"" + (isSentence ? "\\u001b[2J\\u202e\\u0085\\r\\n" : "") + part
        }
        let file = try folder.file("nasty.json", nasty)
        for id in ["timestamp/future-one-year", "replay/identical"] {
            let output = try await Command.countersign("explain", id, "--scheme", file)
            #expect(output.status == 0, "\(output.errors)")
            #expect(output.text.contains("\\u{1B}[2J\\u{202E}\\u{85}\\r\\n"))
            let raw = output.text.unicodeScalars.filter {
                $0 != "\n" && [.control, .format].contains($0.properties.generalCategory)
            }
            #expect(raw.isEmpty, "\(id)")
        }
    }
}
