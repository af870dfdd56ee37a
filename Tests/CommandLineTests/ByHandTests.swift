import Bytes
import Foundation
import ReportModel
import Testing

/// `sign`, `verify`, `explain` and `vectors show`: one request, by hand.
@Suite struct ByHandTests {
    /// The command that is printed is the whole truth: a shell that runs it is accepted.
    @Test func aSignedCurlCommandIsAccepted() async throws {
        for scheme in try await BuiltIn.names() {
            let facts = try await BuiltIn.facts(scheme)
            let environment = [
                "SECRET": try await BuiltIn.publishedSecret(scheme), "API_KEY": "published-api-key-never-for-use",
            ]
            let options = facts.credentials.map { " --credential \($0)=published" }.joined()
            let running = try Running(try Command.tool.path, ["serve", "--scheme", scheme])
            let served = try await Served(running, paths: facts.payloads.count)
            for (payload, url) in zip(facts.payloads, served.urls[scheme] ?? []) {
                let script =
                    "countersign sign --scheme \(scheme) --payload \(payload) --secret env:SECRET\(options) "
                    + "--curl --url '\(url)' | sh"
                let output = try await Command.sh(script, environment: environment)
                #expect(output.status == 0, "\(output.errors)")
                #expect(output.text.contains("HTTP/1.1 20"), "\(scheme) \(payload): \(output.text)")
            }
        }
    }

    /// A body with quotes, a percent sign and bytes beyond ASCII survives the shell.
    @Test func aBodyOfTheUsersIsSignedAsItIs() async throws {
        let folder = try TemporaryFolder()
        let body = #"{"message":"it's 100%\n \"quoted\" \\ $HOME `id` café 👍","metadata":{"buildId":"{event-id}"}}"#
        let file = try folder.file("body.json", body)
        let url = try await Served("--scheme", "vaultysclaw", paths: 1)
        let script =
            "countersign sign --scheme vaultysclaw --secret published --body '\(file)' --curl --url '"
            + (try url.url("vaultysclaw")) + "' | sh"
        let output = try await Command.sh(script)
        #expect(output.text.contains("HTTP/1.1 200"), "\(output.text)\(output.errors)")
    }

    @Test func whatIsSignedVerifies() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("body.json", #"{"type":"event_callback","event_id":"Ev1"}"#)
        let tool = try Command.tool.path
        for (scheme, credentials) in [("slack", [String]()), ("bridge-events", ["--credential", "api-key=published"])] {
            let common = ["--scheme", scheme, "--secret", "published", "--body", file]
            let signed = try await Command.run(tool, ["sign", "--timestamp", "1700000000"] + common, deadline: 60)
            #expect(signed.status == 0)
            var headers = signed.text.split(separator: "\n").flatMap { ["-H", String($0)] }
            if !credentials.isEmpty { headers += ["-H", "X-Bridge-API-Key: published-api-key-never-for-use"] }
            func verify(_ now: Int, body: String = file) async throws -> Output {
                let words = ["verify", "--scheme", scheme, "--secret", "published", "--body", body, "--now", "\(now)"]
                return try await Command.run(tool, words + credentials + headers, deadline: 60)
            }
            let fresh = try await verify(1_700_000_300)
            #expect(fresh.status == 0, "\(fresh.text)\(fresh.errors)")
            #expect(fresh.text.hasPrefix("accepted"))
            let old = try await verify(1_700_000_301)
            #expect(old.status == 1)
            #expect(old.text.contains("old"))
            let other = try folder.file("other.json", #"{"type":"event_callback","event_id":"Ev2"}"#)
            let changed = try await verify(1_700_000_000, body: other)
            #expect(changed.status == 1)
            #expect(changed.text.contains("no signature"))
        }
    }

    /// Stripe's published example, signed by openssl and not by this project.
    @Test func aSignatureByOpenSSLVerifies() async throws {
        let script = #"""
            set -eu
            printf '{"id":"evt_1","type":"ping"}' > body.json
            SIG=$({ printf '1700000000.'; cat body.json; } | openssl dgst -sha256 -hmac "$SECRET" | awk '{print $NF}')
            countersign verify --scheme stripe --secret env:SECRET --body body.json --now 1700000010 \
                -H "Stripe-Signature: t=1700000000,v1=$SIG"
            """#
        let folder = try TemporaryFolder()
        let output = try await Command.sh(script, environment: ["SECRET": "whsec_signed_by_openssl"], in: folder.url)
        #expect(output.status == 0, "\(output.text)\(output.errors)")
    }

    /// The line that `explain` prints, run through a shell, prints the signature of the probe.
    @Test(arguments: [
        "control/plain", "control/text-emoji", "timestamp/word-empty", "timestamp/with-leading-tab",
        "body/crlf-accepted", "body/all-bytes-decided", "body/escaped-short-accepted", "body/byte-ff-decided",
    ]) func theLineForOpenSSLPrintsTheSignature(id: String) async throws {
        for scheme in ["scaiwave", "slack", "standard-webhooks", "vaultysclaw"] {
            let explained = try await Command.countersign("explain", id, "--scheme", scheme)
            if explained.status == 2, explained.errors.contains("does not apply") { continue }
            #expect(explained.status == 0)
            let lines = explained.text.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            let place = try #require(lines.firstIndex { $0.hasPrefix("printf ") })
            let printed = try await Command.sh(lines[place])
            let signature = String(printed.text.trimmingCharacters(in: .newlines).split(separator: " ").last ?? "")
            #expect(!signature.isEmpty)
            #expect(lines[place + 1] == "# \(signature)", "\(scheme): \(printed.errors)")
        }
    }

    /// A case of several requests is shown step by step.
    @Test func aReplayIsShownStepByStep() async throws {
        let output = try await Command.countersign("explain", "replay/identical", "--scheme", "slack")
        #expect(output.status == 0)
        let steps = output.text.components(separatedBy: "just now against").dropFirst().joined()
        let requests = steps.matches(of: /request (\S+) to the target: accepted, status 200/).map {
            String($0.output.1)
        }
        #expect(requests.count == 3)
        // The first is the one whose effect must be seen; the others are one delivery, twice.
        #expect(requests.dropFirst().allSatisfy { $0 == requests.last } && requests.first != requests.last)
        #expect(steps.contains("effects: 1\n"))
        let unplayable = try await Command.countersign("explain", "token/added-key-accepted", "--scheme", "teams-bot")
        #expect(unplayable.status == 0 && !unplayable.text.contains("just now against"))
    }

    /// A path that no URL can have breaks nothing; whether the endpoint can be reached there in process is its own matter.
    @Test(arguments: ["/call back", "/x#f", "/\u{FC}"]) func anOddPathIsExplained(path: String) async throws {
        let folder = try TemporaryFolder()
        let file = try Readme.lineScheme(in: folder)
        let definition = try String(contentsOfFile: file, encoding: .utf8)
        _ = try folder.file("odd.json", definition.replacingOccurrences(of: "\"/callback\"", with: "\"\(path)\""))
        let output = try await Command.countersign(
            "explain", "replay/identical", "--scheme", "odd.json", in: folder.url)
        #expect(output.status == 0, "\(output.errors)")
        #expect(output.text.contains("has no second effect"))
    }

    @Test func everyCaseIsExplained() async throws {
        let listed = try await Command.countersign("list", "--all", "--scheme", "bridge-events")
        let ids = listed.text.split(separator: "\n").compactMap { line -> String? in
            let words = line.split(separator: " ")
            return words.count > 3 && words[2].contains("/") ? String(words[2]) : nil
        }
        #expect(ids.count > 500)
        // Every tenth: one function writes the text of all.
        for id in stride(from: 0, to: ids.count, by: 10).map({ ids[$0] }) {
            let output = try await Command.countersign("explain", id, "--scheme", "bridge-events")
            #expect(output.status == 0, "\(id)")
            for part in ["why ", "fix ", id.hasPrefix("sender/") ? "watch " : "expect "] {
                #expect(output.text.contains(part), "\(id)")
            }
            #expect(!output.stdout.contains { $0 < 0x20 && $0 != 0x0A }, "\(id)")
        }
    }
}
