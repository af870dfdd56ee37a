import Bytes
import Foundation
import ReportModel
import Testing

/// `countersign.json`: options of `run` under their own names, with comments.
@Suite struct ConfigurationTests {
    private static func run(_ words: String..., in folder: TemporaryFolder) async throws -> Output {
        try await Command.run(try Command.tool.path, ["run"] + words, in: folder.url, deadline: 60)
    }

    @Test func whatTheFileGivesNeedNotBeGiven() async throws {
        let served = try await Served("--scheme", "slack", paths: 1)
        let folder = try TemporaryFolder()
        _ = try folder.file(
            "countersign.json",
            """
            // What this project's endpoint is certified with.
            {
              "url": "\(try served.url("slack"))",
              "scheme": "slack", /* of 2026 */
              "secret": "published",
              "only": ["control/plain", "signature/all-zero"],
              "jobs": 2,
              "quiet": false,
              "verbose": true
            }
            """)
        let output = try await Self.run("--json", "report.json", in: folder)
        #expect(output.status == 0, "\(output.text)\(output.errors)")
        #expect(output.text.contains("Read from countersign.json: url, scheme, secret, only, jobs, verbose."))
        let report = try JSON.parse(folder.bytes("report.json"))
        #expect(report[pointer: "/summary/cases"]?.integer == 2)

        // The line takes precedence over the file, for the whole option.
        let narrower = try await Self.run("--only", "control/plain", "--json", "report.json", in: folder)
        #expect(narrower.text.contains("Read from countersign.json: url, scheme, secret, jobs, verbose."))
        #expect(try JSON.parse(folder.bytes("report.json"))[pointer: "/summary/cases"]?.integer == 1)
    }

    @Test(arguments: [
        (#"{"scheme": "slack""#, "countersign.json is not JSON: line 1, column 19: "),
        (#"["scheme"]"#, "countersign.json: expected an object"),
        (#"{"obsrve": "http://127.0.0.1/#/n"}"#, "countersign.json: /obsrve: unknown key; did you mean \"observe\"?"),
        (#"{"scheme": true}"#, "countersign.json: /scheme: expected a string or a number"),
        (#"{"scheme": ["slack", "stripe"]}"#, "countersign.json: /scheme: expected one value, not a list"),
        (#"{"quiet": "yes"}"#, "countersign.json: /quiet: expected true or false"),
        (#"{"seed": 1, "seed": 2}"#, "countersign.json: /seed: the key appears more than once"),
        (#"{"level": "most"}"#, "countersign.json: The value 'most' is invalid for '--level <level>'. "),
        (
            #"{"timeout": 0}"#,
            "countersign.json: The value '0' is invalid for '--timeout <seconds>'. Please provide a number of seconds "
                + "between 0.01 and 600."
        ),
        ("{} /* without an end", "countersign.json is not JSON: line 1, column 4: "),
    ])
    func whatIsWrongIsNamed(text: String, message: String) async throws {
        let folder = try TemporaryFolder()
        _ = try folder.file("countersign.json", text)
        let output = try await Self.run("http://127.0.0.1:1/", "--scheme", "slack", "--secret", "published", in: folder)
        // The line takes precedence, but a mistake in the file is one all the same.
        #expect(output.status == 2, "\(output.text)\(output.errors)")
        #expect(output.errors.hasPrefix("Error: " + message), "\(output.errors)")
        #expect(output.text.isEmpty)
    }

    /// What is required may come from the line or the file, and is missed when neither gives it.
    @Test(arguments: [
        ("{}", "Missing expected argument '<url>'"),
        (#"{"url": "http://127.0.0.1:1/"}"#, "Missing expected argument '--scheme <name-or-file>'"),
        (#"{"url": "ftp://x"}"#, "countersign.json: The value 'ftp://x' is invalid for '<url>'. The scheme is neither"),
    ])
    func whatIsMissingIsNamed(text: String, message: String) async throws {
        let folder = try TemporaryFolder()
        _ = try folder.file("countersign.json", text)
        let output = try await Self.run("--secret", "published", in: folder)
        #expect(output.status == 2)
        #expect(output.errors.hasPrefix("Error: " + message), "\(output.errors)")
    }

    /// The file says where a secret is, never what it is.
    @Test func secretInTheFileIsRefusedAndNotShown() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.file("countersign.json", #"{"scheme": "slack", "secret": "hunter2-of-the-test"}"#)
        let output = try await Self.run("http://127.0.0.1:1/", in: folder)
        #expect(output.status == 2)
        #expect(!output.errors.contains("hunter2"))
    }
}
