import Bytes
import Catalogue
import Foundation
import Reference
import ReportModel
import Schemes
import Testing

@testable import Harness
@testable import Reporting
@testable import Selftest

@Suite("Kill matrix as a page") struct SelftestPageTests {
    private static let hostile = "\"><script>alert('x')</script>&amp;<!-- \u{1B}[31m\u{202E}"
    private static let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "page.py").path

    /// What Python's parser, which this project did not write, sees in a page.
    private static func seen(_ page: [UInt8]) throws -> (problems: [String], text: String) {
        let json = try parsed(page)
        return ((json["problems"]?.array ?? []).compactMap(\.string), json["text"]?.string ?? "")
    }

    private static func parsed(_ page: [UInt8]) throws -> JSON {
        let file = FileManager.default.temporaryDirectory.appending(path: "countersign-page-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(page).write(to: file)
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script, file.path]
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return try JSON.parse([UInt8](data))
    }

    private static func row(
        _ flaw: String?, _ scheme: String, caughtBy: [String], exit: ReportModel.ExitStatus = .failure
    ) throws -> KillMatrix.Row {
        let flaw = try flaw.map { try #require(FlawRegistry.named($0)) }
        return KillMatrix.Row(
            flaw: flaw, scheme: scheme, caughtBy: caughtBy,
            declared: caughtBy.filter { flaw?.isCaught(by: $0) == true },
            cases: 100, exit: exit, isOverHTTP: false)
    }

    private static func matrix() throws -> KillMatrix {
        KillMatrix(rows: [
            try row(nil, "slack", caughtBy: [], exit: .success), try row(nil, "scaiwave", caughtBy: ["control/plain"]),
            try row("future-accepted", "slack", caughtBy: ["timestamp/future-one-year", "timestamp/2-to-53"]),
            try row("future-accepted", "scaiwave", caughtBy: []),
            try row("prefix-repeated", "slack", caughtBy: ["signature/prefix-none"]),
        ])
    }

    private static func page(_ matrix: KillMatrix, gaps: [KillMatrix.Gap], version: String = "1.2.3") -> [UInt8] {
        SelftestPage.bytes(
            matrix,
            [
                .init(target: .alwaysAccepts, expectedExit: .failure, exit: .failure, discriminating: 0),
                .init(target: .down, expectedExit: .inconclusive, exit: .success, discriminating: 0),
            ], gaps: gaps, version: version)
    }

    @Test("External text is escaped in elements and in attributes")
    func escaping() throws {
        let node: HTMLNode = .element(
            "p", [.init("title", Self.hostile)], .text(Self.hostile), "\(Self.hostile)", .element("b", [], "bold"))
        let seen = try Self.seen(HTMLPage(title: Self.hostile, body: [node]).bytes)
        #expect(seen.problems == [])
        let harmless = printable(Self.hostile)
        // The title, the attribute, and the text twice.
        #expect(seen.text.components(separatedBy: harmless).count == 5, "\(seen.text)")
        #expect(!seen.text.unicodeScalars.contains("\u{202E}"))
        #expect(seen.text.contains("bold"))
    }

    @Test("Every character that means something in HTML is escaped", arguments: Array("&<>\"'"))
    func characters(character: Character) {
        var out = ""
        HTMLNode.element("p", [.init("title", String(character))], .text(String(character))).write(to: &out)
        #expect(
            out.filter { $0 == character }.count
                == (character == "\"" ? 2 : "<>".contains(character) ? 2 : character == "&" ? 2 : 0))
        #expect(out.contains(">&"))
    }

    @Test("The page is well formed, its links lead somewhere, and it loads nothing")
    func wellFormed() throws {
        let seen = try Self.seen(
            Self.page(try Self.matrix(), gaps: [.uncaught(flaw: Self.hostile)], version: Self.hostile))
        #expect(seen.problems == [])
        #expect(seen.text.contains(printable(Self.hostile)))
    }

    /// A dozen flaws of one scheme, some of which only cases of several requests can catch.
    private static func measured() throws -> KillMatrix {
        let scheme = try #require(SchemeLibrary.scheme(named: "vaultysclaw"))
        let flaws = FlawRegistry.all.filter { $0.applies(to: scheme) }
        let overTime = flaws.filter(\.isSeenOverTime).prefix(4)
        let atOnce = flaws.filter { !$0.isSeenOverTime }
        #expect(overTime.count == 4)
        let chosen = overTime + stride(from: 0, to: atOnce.count, by: atOnce.count / 8 + 1).map { atOnce[$0] }
        return try KillMatrix.run(schemes: [scheme], flaws: Array(chosen))
    }

    @Test("The page says of each flaw what the matrix found, and nothing else")
    func truth() throws {
        let matrix = try Self.measured()
        let json = try Self.parsed(Self.page(matrix, gaps: []))
        let lines = (json["lines"]?.array ?? []).map { ($0.array ?? []).compactMap(\.string) }
        let flaws = json["flaws"]?.members ?? []
        #expect(flaws.map(\.key).sorted() == matrix.rowsByFlaw.map(\.flaw).sorted())
        #expect(flaws.count >= 10)
        for (id, rows) in matrix.rowsByFlaw {
            let row = try #require(rows.first)
            let flaw = try #require(row.flaw)
            // Not what the row says that is declared, but what the flaw declares of what caught it.
            let declared = row.caughtBy.filter { id in flaw.caughtBy.contains { $0.matches(id) } }
            let details = try #require(flaws.first { $0.key == id }?.value)
            let text = details["text"]?.string ?? ""
            let named = (details["cases"]?.array ?? []).compactMap(\.string)
            #expect(Set(named).isSubset(of: declared) && named.count == min(declared.count, 24), "\(id)")
            #expect(text.contains("No declared case catches it.") == declared.isEmpty, "\(id)")
            #expect(text.contains("✓ 1 of 1 schemes") == !declared.isEmpty, "\(id)")
            let cell =
                !declared.isEmpty ? "● \(declared.count)" : row.caughtBy.isEmpty ? "○" : "◐ \(row.caughtBy.count)"
            #expect(lines.contains([declared.isEmpty ? "✗ \(id)" : id, cell]), "\(id)")
        }
        let caughtOverTime = matrix.rows.filter { $0.flaw?.isSeenOverTime == true && !$0.declared.isEmpty }
        #expect(!caughtOverTime.isEmpty)
    }

    @Test("The page shows what is proven and what is not")
    func content() throws {
        let text = try Self.seen(Self.page(try Self.matrix(), gaps: [.uncaught(flaw: "x")])).text
        for words in [
            "✗ nothing catches the flaw x", "✓ sound", "✗ control/plain", "✓ right", "✗ wrong", "● 1", "◐ 1", "○",
            "timestamp: 1 of 1 caught for their reason", "signature: 0 of 1 caught for their reason",
            "✓ 1 of 2 schemes", "✗ 0 of 1 schemes", "No declared case catches it.", "others: signature 1",
            "others: timestamp 1",
            "prefix-repeated ★",
        ] {
            #expect(text.contains(words), "\(words)")
        }
        #expect(!text.contains("None: each flaw"))
        let whole = try Self.seen(Self.page(try Self.matrix(), gaps: [])).text
        #expect(whole.contains("✓ None: each flaw is caught for its reason."))
    }
}
