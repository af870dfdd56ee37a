import Foundation
import ReportModel
import Testing

/// Targets that answer badly, endlessly or not at all. The run ends in time, in little memory, and never says pass.
@Suite struct HostileTests {
    struct Target: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let exit: Int32
        let script: @Sendable (ScriptedServer.Connection, Int) -> Void

        init(_ name: String, exit: Int32 = 3, script: @escaping @Sendable (ScriptedServer.Connection, Int) -> Void) {
            testDescription = name
            self.exit = exit
            self.script = script
        }
    }

    private static func answering(_ text: String) -> @Sendable (ScriptedServer.Connection, Int) -> Void {
        { connection, _ in while connection.request() != nil, connection.send(text) {} }
    }

    static let targets = [
        Target("an answer of a gigabyte", exit: 1) { connection, _ in
            guard connection.request() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n")
            let block = [UInt8](repeating: 0x61, count: 1 << 20)
            for _ in 0..<1024 where !connection.send(block) { return }
        },
        Target("headers without end") { connection, _ in
            guard connection.request() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\n")
            while connection.send("X-More: \(String(repeating: "a", count: 1000))\r\n") {}
        },
        Target("a header line without end") { connection, _ in
            guard connection.request() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nX-Long: ")
            while connection.send(String(repeating: "a", count: 4096)) {}
        },
        Target("a byte at a time") { connection, _ in
            guard connection.request() != nil else { return }
            for byte in "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".utf8 {
                guard connection.send([byte]), connection.linger(milliseconds: 200) else { return }
            }
        },
        Target("no answer") { connection, _ in
            guard connection.request() != nil else { return }
            while connection.linger(milliseconds: 1000), connection.request() != nil {}
        },
        Target("another protocol") { connection, _ in
            connection.send("SSH-2.0-OpenSSH_9.2\r\n")
            _ = connection.request()
        },
        Target("two lengths", script: answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 7\r\n\r\n{}")),
        Target("a status of four digits", script: answering("HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n")),
        Target("interim answers without end") { connection, _ in
            guard connection.request() != nil else { return }
            while connection.send("HTTP/1.1 103 Early Hints\r\n\r\n") {}
        },
        Target(
            "a redirect",
            script: answering("HTTP/1.1 302 Found\r\nLocation: http://attacker.example/\r\nContent-Length: 0\r\n\r\n")),
        Target("a reset at once") { _, _ in },
        Target("always an error", script: answering("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n")),
        Target("always yes", exit: 1, script: answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")),
        Target("always no", script: answering("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n")),
        Target("yes, until it is gone") { connection, number in
            // One connection is answered for a while; then nobody is at home.
            for _ in 0..<(number == 0 ? 40 : 0) {
                guard connection.request() != nil, connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
                else { return }
            }
        },
    ]

    @Test(.timeLimit(.minutes(10)), arguments: targets) func theRunEndsAndPassesNothing(_ target: Target) async throws {
        let server = try ScriptedServer(target.script)
        let folder = try TemporaryFolder()
        // Memory is bounded by the shell, so that a leak is a crash: 1 GiB of address space, which the reports don't need.
        let output = try await Command.sh(
            "ulimit -v 2097152 2>/dev/null; exec countersign run http://127.0.0.1:\(server.port)/ --scheme slack "
                + "--secret published --timeout 1 --profile smoke --out out", in: folder.url)
        #expect(output.status == target.exit, "\(output.text)\(output.errors)")
        #expect(!output.text.contains("exit 0"))
        #expect(FileManager.default.fileExists(atPath: folder.path("out/report.json")))
    }

    /// What a terminal or a report would obey, or choke on, is shown as escapes.
    @Test func controlCharactersOfAnAnswerAreHarmless() async throws {
        let nasty = "\u{1B}]0;owned\u{07}\u{1B}[2J\0\u{08}<script>alert(1)</script>]]>&\u{9B}31m\u{202E}"
        let server = try ScriptedServer { connection, _ in
            while connection.request() != nil {
                connection.send(
                    "HTTP/1.1 500 \(nasty)\r\nX-Nasty: \(nasty)\r\nContent-Length: \(nasty.utf8.count)\r\n\r\n\(nasty)")
            }
        }
        let folder = try TemporaryFolder()
        let output = try await Command.countersign(
            "run", "http://127.0.0.1:\(server.port)/", "--scheme", "slack", "--secret", "published", "--profile",
            "smoke",
            "--verbose", "--out", folder.path("out"))
        #expect(output.status == 3)
        var outputs = [output.stdout, output.stderr]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path("out")) {
            outputs.append(try folder.bytes("out/\(name)"))
        }
        #expect(outputs.count >= 4)
        for bytes in outputs {
            #expect(!bytes.contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 || $0 == 0x7F })
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(!text.contains("\u{202E}") && !text.contains("\u{9B}"))
        }
        _ = try XMLCounts(folder.bytes("out/junit.xml"))
    }

    @Test func aDeadTargetIsNamed() async throws {
        let port = try ClosedPort()
        defer { withExtendedLifetime(port) {} }
        let output = try await Command.countersign(
            "run", "http://127.0.0.1:\(port.number)/hook", "--scheme", "slack", "--secret", "published")
        #expect(output.status == 3)
        #expect(output.text.contains("could not be reached"))
    }
}
