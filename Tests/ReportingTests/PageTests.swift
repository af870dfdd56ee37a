import Bytes
import Foundation
import ReportModel
import Testing

@testable import Reporting

/// Pages in a browser: they are read, searched and filtered, and whatever is in them runs nothing and loads nothing.
@Suite("Pages in Chromium", .enabled(if: Readers.areWanted && Readers.hasBrowser, Readers.missing))
struct PageTests {
    /// The browser takes seconds to start, so it is started once.
    private static let found = Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "countersign-pages-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let runs = [
            ("mixed", Fixture.report), ("sound", Fixture.sound), ("refusing", Fixture.refusing),
            ("hostile", Fixture.hostile),
        ]
        .map { ComparedRun(name: $0.0, report: $0.1, version: "1.2.3") }
        let html = try #require(ReportFormats.all.first { $0.name == "html" })
        let pages = [
            ("report.html", html.bytes(of: Fixture.report, Fixture.context)),
            ("hostile.html", html.bytes(of: Fixture.hostile, Fixture.context)),
            ("comparison.html", try #require(html.bytes(comparing: runs, Fixture.context))),
        ]
        for (name, bytes) in pages { try Data(bytes).write(to: folder.appending(path: name)) }
        return try Readers.run("browse.py", [folder.path])
    }

    private static let pages = ["report.html", "hostile.html", "comparison.html"]

    private static func page(_ name: String) throws -> JSON { try #require(try found.get()[name]) }

    @Test("Nothing is logged, thrown, asked for or loaded", arguments: pages)
    func quiet(name: String) throws {
        let page = try Self.page(name)
        #expect(page["complaints"]?.strings == [])
        #expect(page["scripts"]?.integer == 1)
        #expect(page["handlers"]?.array == [])
        let elements = Set(try #require(page["elements"]).strings)
        #expect(
            elements.isDisjoint(with: ["img", "iframe", "object", "embed", "link", "base", "form", "foreignObject"]))
    }

    @Test("Markup that got into the page would run nothing", arguments: pages)
    func policy(name: String) throws {
        #expect(try Self.page(name)["injected"] == .null)
    }

    @Test("axe-core finds nothing, in light and dark, with everything unfolded", arguments: pages, ["light", "dark"])
    func accessible(name: String, scheme: String) throws {
        let violations = try #require(try Self.page(name)["accessibility"]?[scheme]?.array)
        #expect(violations.compactMap(\.string) == [])
    }

    @Test("A page fits a window and a telephone", arguments: pages)
    func widths(name: String) throws {
        let page = try Self.page(name)
        #expect(page["width"]?.integer == 0)
        #expect(page["narrow"]?.integer == 360)
    }

    @Test("Search looks at ids and at bytes, and filters at outcomes and families")
    func filters() throws {
        let page = try Self.page("report.html")
        #expect(page["cases"]?.integer == 10)
        #expect(page["search"]?.strings == ["case-signature/truncated"])
        #expect(page["bytes"]?.strings == ["case-timestamp/future-one-year"])
        #expect(page["nothing"]?.array == [])
        #expect(page["warned"]?.strings == ["case-contract/bad-signature-status"])
        #expect(page["family"]?.strings == ["case-timestamp/future-one-year"])
        #expect(page["cleared"]?.integer == 10)
        #expect(page["said"]?.string == "10 cases")
        #expect(page["revealed"]?.bool == true)
    }
}

/// What a page says, without a browser.
@Suite("Pages") struct PageContentTests {
    private static func text(_ report: Report) -> String {
        String(decoding: ReportPage.bytes(of: report, Fixture.context), as: UTF8.self)
    }

    @Test("The verdict, the grade and its rule, and the measurements are readable without a script")
    func content() {
        let page = Self.text(Fixture.report)
        for words in [
            "aria-label=\"Grade F\"", "Inconclusive: 1 case could not be judged.", Grade.rule, Grade.f.words,
            "Timestamps that are accepted: 5 min ago to no limit in the future",
            "a chunked body: refused, rejected (status 411)", "CWE-294", "countersign 1.2.3",
        ] {
            #expect(page.contains(words), "\(words)")
        }
        // Nothing but the search is hidden from a reader without scripts.
        #expect(page.components(separatedBy: " hidden=").count == 2)
    }

    @Test("What a probe changes is marked in text and in hexadecimal")
    func marks() {
        let control = RunRecord.Record(
            request: "POST /hook HTTP/1.1\nX-Signature: t=1,v1=0123\n\n{\"a\": 1}", answer: "HTTP/1.1 200 OK\n\n",
            nanoseconds: 1)
        let probe = RunRecord.Record(
            request: "POST /hook HTTP/1.1\nX-Signature: t=1,v1=4567\n\n{\"a\": 1}", answer: "HTTP/1.1 200 OK\n\n",
            nanoseconds: 1)
        var out = ""
        ExchangeNode(control: control, probe: probe).node.write(to: &out)
        #expect(out.contains("X-Signature: t=1,v1=<mark>0123</mark>"))
        #expect(out.contains("X-Signature: t=1,v1=<mark>4567</mark>"))
        #expect(out.contains("<mark>34 35 36 37</mark>"))
        #expect(out.components(separatedBy: "<mark>").count == 8, "the legend, two texts, two dumps of two columns")
    }

    @Test("A page of 860 cases, each of which fails, is smaller than 2 MB")
    func size() {
        var report = Fixture.report
        let sample = report.record.evidence["timestamp/future-one-year"]
        report.cases = (1...860).map { Fixture.result("body/number-\($0)", .fail, impact: .forgery) }
        for result in report.cases {
            report.record.evidence[result.id] = sample
            report.record.evidence[result.id]?.control = sample?.probe
        }
        report.conclude()
        #expect(Self.text(report).utf8.count < 2_000_000)
    }
}
