import Foundation
import ReportModel
import Synchronization
import Testing

/// `sign --curl`: the command that is printed, run by a shell, sends the bytes that were signed.
@Suite(.enabled(if: Command.isInstalled("curl"), "curl is not installed")) struct CurlTests {
    /// What a body may hold that a shell, an argument or curl changes.
    static let bodies: [(name: String, bytes: [UInt8])] = [
        ("empty", []), ("@file", Array("@/etc/hostname".utf8)), ("@-", Array("@-".utf8)), ("@", Array("@".utf8)),
        ("quotes", Array("it's \"100%\" \\ \\n $HOME `id` $(id) !! {a,b} [1-3] *".utf8)),
        ("line ends", Array("\r\na\n\nb\r\n\n".utf8)), ("spaces", Array("  \t a  ".utf8)),
        ("invalid UTF-8", [0x7B, 0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0x7D]), ("NUL", [0x61, 0, 0x62, 0]),
        ("every byte", Array(0...255)), ("digits after an escape", [0x00, 0x37, 0x37, 0x1B, 0x31]),
        ("dashes", Array("--data-binary -".utf8)), ("beyond ASCII", Array("café 日本 👍 \u{202E}\u{FEFF}".utf8)),
        ("form", Array("a=1&b=%20&c=+".utf8)), ("long", (0..<300_000).map { UInt8($0 % 251) }),
        ("long text", [UInt8](repeating: 0x61, count: 200_000)),
    ]

    @Test(arguments: bodies.indices) func theBodyArrivesAsItWasSigned(index: Int) async throws {
        let (name, body) = Self.bodies[index]
        let folder = try TemporaryFolder()
        try Data(body).write(to: URL(fileURLWithPath: folder.path("body")))
        let request = try await Self.sent(
            "--scheme github --secret env:SECRET --body body", target: "/hook", in: folder)
        #expect(request.body == body, "\(name)")
        let signature = try await Command.sh(
            "openssl dgst -sha256 -hmac \"$SECRET\" < body | sed 's/.*= //'", environment: Self.environment,
            in: folder.url)
        #expect(
            request.lines.contains("X-Hub-Signature-256: sha256=\(signature.text.trimmingCharacters(in: .newlines))"))
    }

    @Test(arguments: [
        "/", "/hook", "/a/../b", "/./a/.", "/%2e%2e/x/%2E", "/..", "/x?", "/x?a={1,2}", "/x[1-3]?[a]={b}", "//a//b",
        "/x?q=%27'\"<>^`|\\$HOME$(id)", "/x?a=b?", "/;a&b|c", "/x?../..", "/~*!()",
    ]) func theTargetArrivesAsItWasGiven(target: String) async throws {
        let folder = try TemporaryFolder()
        let request = try await Self.sent("--scheme github --secret env:SECRET", target: target, in: folder)
        #expect(request.lines.first == "POST \(target) HTTP/1.1")
    }

    /// The id is signed and sent in a header; a shell must not read anything in it.
    @Test(arguments: ["it's", "$HOME `id` $(id)", "\"a\" \\ b", "a; b & c", "日本"])
    func theIDArrivesAsItWasGiven(id: String) async throws {
        let folder = try TemporaryFolder()
        let request = try await Self.sent(
            "--scheme standard-webhooks --secret published --id \"$ID\"", target: "/hook", in: folder,
            environment: ["ID": id])
        #expect(request.lines.contains("webhook-id: \(id)"))
    }

    private static let environment = ["SECRET": "a secret of the test"]

    /// Signs, runs what is printed, and returns what came.
    private static func sent(
        _ options: String, target: String, in folder: TemporaryFolder, environment own: [String: String] = [:]
    ) async throws -> (lines: [String], body: [UInt8]) {
        let received = Mutex([[UInt8]]())
        let server = try ScriptedServer { connection, _ in
            guard let request = connection.request() else { return }
            received.withLock { $0.append(request) }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        }
        let script = "countersign sign \(options) --curl --url \"$URL\" > command && sh command"
        let url = ["URL": "http://127.0.0.1:\(server.port)\(target)"]
        let output = try await Command.sh(
            script, environment: environment.merging(own) { $1 }.merging(url) { $1 }, in: folder.url)
        #expect(output.status == 0 && output.text.contains("HTTP/1.1 200"), "\(output.errors)")
        let requests = received.withLock { $0 }
        #expect(requests.count == 1)
        let request = try #require(requests.first)
        let end = try #require(Data(request).range(of: Data("\r\n\r\n".utf8)))
        let head = String(decoding: request[..<end.lowerBound], as: UTF8.self)
        return (head.components(separatedBy: "\r\n"), Array(request[end.upperBound...]))
    }
}
