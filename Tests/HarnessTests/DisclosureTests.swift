import Catalogue
import Harness
import Platform
import ReportModel
import Schemes
import Subjects
import Testing
import Transport

/// What errors reveal, whatever request caused them.
@Suite("What the answers to errors reveal")
struct DisclosureTests {
    private static let scheme = Fixture.scheme
    private static let secret = String(decoding: VectorContext.secret(of: scheme).text, as: UTF8.self)

    /// A server that fails on signature headers with a certain start, and shows a page for it; everything else is
    /// sound.
    private static func report(
        only: [String] = ["presence/no-signature-header", "contract/malformed-signature-*"],
        on start: String = "countersign", status: Int = 500,
        page: @escaping @Sendable (HTTPRequest) -> String
    ) throws -> Report {
        let server = HTTPServer { request in
            let isDeadly = request.headers.first(named: scheme.signature.header)?.starts(with: start.utf8) ?? false
            guard isDeadly else { return .answer(Fixture.sound(request)) }
            return .answer(HTTPResponse(status: status, body: Array(page(request).utf8)))
        }
        try server.start()
        defer { server.stop() }
        var configuration = Fixture.configuration
        configuration.only = only.map { CaseGlob($0) }
        configuration.digestsVectors = false
        let plan = try configuration.plan()
        let url = try TargetURL("http://127.0.0.1:\(server.port)\(scheme.payloads[0].path)")
        let subject = HTTPSubject(url: url, options: ClientOptions())
        return Runner(subject: subject, configuration: configuration, plan: plan).run()
    }

    private static func right(_ request: HTTPRequest) -> String {
        let key = VectorContext.secret(of: scheme).key
        return String(decoding: scheme.rightSignature(for: request, key: key), as: UTF8.self)
    }

    /// The beginning of each page as its framework writes it, with a request's data left out.
    struct Page: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String

        init(_ name: String, _ text: String) {
            testDescription = name
            self.text = text
        }
    }

    static let pages = [
        Page(
            "Django's debug page",
            "<title>ValueError at /hook</title><p>You&#x27;re seeing this error because you have <code>DEBUG = True</code> "
                + "in your Django settings file."),
        Page(
            "Werkzeug's debugger",
            "<title>binascii.Error: Incorrect padding // Werkzeug Debugger</title><script>var EVALEX = true</script>"),
        Page(
            "a traceback of Python",
            "Traceback (most recent call last):\n  File \"/srv/hook.py\", line 3, in receive\nbinascii.Error"),
        Page(
            "Rails' debug page",
            "<h1>ArgumentError in HooksController#create</h1><p><code>Rails.root: /srv/app</code></p>"),
        Page(
            "Laravel's error page",
            #"{"message":"x","exception":"ErrorException","file":"\/srv\/vendor\/laravel\/framework\/src\/a.php"}"#),
        Page("Spring's error page", "<html><body><h1>Whitelabel Error Page</h1>"),
        Page(
            "a stack trace of Express",
            "<pre>RangeError: Input buffers must have the same byte length<br> &nbsp; &nbsp;at timingSafeEqual "
                + "(node:internal)<br> &nbsp; &nbsp;at next (/srv/node_modules/express/lib/router/route.js:149:13)</pre>"
        ),
        Page("ASP.NET's error page", "<h1>Server Error in &#39;/&#39; Application.</h1>"),
        Page(
            "ASP.NET's developer page",
            "System.FormatException: x\r\n   at Microsoft.AspNetCore.Routing.EndpointMiddleware.Invoke(HttpContext c)"),
        Page(
            "a panic of Go", "panic: runtime error: index out of range [1]\n\ngoroutine 20 [running]:\nmain.hook(0xc0)"),
        Page("a stack trace of Java", "java.lang.IllegalArgumentException: x\n\tat com.example.Hook.on(Hook.java:31)"),
        Page(
            "an error of PHP",
            "<br />\n<b>Fatal error</b>:  Uncaught TypeError in <b>/srv/hook.php</b> on line <b>7</b><br />"),
    ]

    @Test("a page for developers is told once, by its name", arguments: pages)
    func page(page: Page) throws {
        let report = try Self.report { _ in page.text }
        let leaks = report.cases.filter { $0.impact == .leak }
        #expect(leaks.count <= 2, "\(leaks.map(\.id))")
        let result = try #require(leaks.first { $0.id == "contract/malformed-signature-hides-internals" })
        #expect(result.reason == .disclosed(.internals(page.testDescription)))
        #expect(report.record.evidence[result.id]?.probe?.answer.contains("500") == true)
    }

    @Test(
        "the correct signature is found however it is written",
        arguments: [
            "as it is", "in capitals", "as entities", "in JSON", "in base64", "in base64, as entities", "in a query",
        ])
    func rightSignature(spelling: String) throws {
        let report = try Self.report { request in
            let right = Self.right(request)
            let bytes = Array(right.utf8)
            let base64 = spelling.hasPrefix("in base64") ? Self.base64(ofHex: right) : ""
            switch spelling {
            case "in capitals": return "expected \(right.uppercased())"
            case "as entities": return "expected " + bytes.map { "&#\($0);" }.joined()
            case "in JSON":
                return "{\"expected\":\"" + bytes.map { "\\u00" + String($0, radix: 16) }.joined() + "\"}"
            case "in base64": return "expected \(base64)"
            case "in base64, as entities":
                return "expected " + base64.utf8.map { "&#x\(String($0, radix: 16));" }.joined()
            case "in a query": return "?expected=" + bytes.map { "%" + String($0, radix: 16) }.joined()
            default: return "expected \(right)"
            }
        }
        let result = try #require(report.cases.first { $0.reason == .disclosed(.rightSignature) })
        #expect(result.outcome == .fail && result.impact == .leak && result.severity == .critical)
        #expect(report.exit == ReportModel.ExitStatus.failure)
    }

    @Test("the secret is found")
    func secret() throws {
        let report = try Self.report { _ in "<td>HOOK_SECRET</td><td>&#x27;\(Self.secret)&#x27;</td>" }
        let result = try #require(report.cases.first { $0.reason == .disclosed(.secret) })
        #expect(result.outcome == .fail && result.level == .must)
        #expect(report.exit == ReportModel.ExitStatus.failure)
        let evidence = try #require(report.record.evidence[result.id]?.probe)
        #expect(!evidence.answer.contains(Self.secret))
    }

    @Test("what the request brought along is not revealed to its sender")
    func echo() throws {
        let report = try Self.report(only: ["control/**", "timestamp/word-abc"], on: "t=abc,") { request in
            "cannot read this: " + String(decoding: request.wireBytes, as: UTF8.self)
        }
        #expect(!report.cases.contains { if case .disclosed = $0.reason { true } else { false } })
    }

    @Test("nothing is said to be revealed in the answer to a request that was accepted", arguments: [true, false])
    func accepted(isTrace: Bool) throws {
        let report = try Self.report(status: 200) { request in
            isTrace ? "Traceback (most recent call last):" : Self.right(request)
        }
        #expect(!report.cases.contains { $0.impact == .leak })
        #expect(report.cases.contains { $0.impact == .forgery })
    }

    private static func base64(ofHex text: String) -> String {
        var bytes = [UInt8]()
        var digits = text[...]
        while digits.count >= 2 {
            bytes.append(UInt8(digits.prefix(2), radix: 16) ?? 0)
            digits = digits.dropFirst(2)
        }
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var out = [UInt8]()
        for start in stride(from: 0, to: bytes.count - bytes.count % 3, by: 3) {
            let word = bytes[start..<(start + 3)].reduce(0) { $0 << 8 | Int($1) }
            out += [18, 12, 6, 0].map { alphabet[word >> $0 & 63] }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
