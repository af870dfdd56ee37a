import Catalogue
import ReportModel
import Schemes
import Testing

@Suite("Coverage of the flaw catalogue")
struct CoverageTests {
    @Test("has each entry once, in order, A01 to S17")
    func entries() {
        let families: [(letter: String, count: Int)] = [
            ("A", 19), ("B", 20), ("C", 11), ("D", 24), ("E", 16), ("F", 22), ("G", 8), ("H", 6), ("I", 6), ("J", 12),
            ("K", 12), ("L", 6), ("S", 17),
        ]
        let expected = families.flatMap { family in
            (1...family.count).map { family.letter + ($0 < 10 ? "0" : "") + String($0) }
        }
        #expect(expected.count == 179)
        #expect(Weakness.all.map(\.id) == expected)
    }

    @Test("states the fault and its cost in one sentence each", arguments: Weakness.all.map(\.id))
    func prose(id: String) throws {
        let entry = try #require(Weakness.named(id))
        #expect(!entry.title.isEmpty && entry.title.count <= 40 && !entry.title.hasSuffix("."))
        for text in [entry.bug, entry.effect] {
            #expect(text.first?.isUppercase == true && text.hasSuffix(".") && text.count < 120, "\(text)")
        }
        if case .notTestable(let reason) = entry.status { #expect(reason.hasSuffix(".")) }
        #expect(!entry.cwe.isEmpty)
    }

    @Test("names at most three places of evidence, as ids or links", arguments: Weakness.all.map(\.id))
    func evidence(id: String) throws {
        let entry = try #require(Weakness.named(id))
        #expect(entry.evidence.count <= 3)
        let form = /CVE-\d{4}-\d{4,}|GHSA(-[0-9a-z]{4}){3}|https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/issues\/\d+/
        for link in entry.links { #expect(link.wholeMatch(of: form) != nil, "\(link)") }
    }

    @Test("gives no reason for an entry that a case covers")
    func reasons() {
        for row in Coverage.table() {
            if case .notTestable = row.entry.status { #expect(row.cases.isEmpty, "\(row.entry.id): \(row.cases)") }
        }
    }

    @Test("lists the cases and the flaws of each entry")
    func table() throws {
        let rows = Coverage.table(flaws: [(entry: "E07", flaw: "future-unbounded"), (entry: "E07", flaw: "second")])
        #expect(rows.count == Weakness.all.count)
        let future = try #require(rows.first { $0.entry.id == "E07" })
        #expect(future.cases.contains("timestamp/future-one-year"))
        #expect(future.flaws == ["future-unbounded", "second"])
        #expect(future.isSettled)
        #expect(try #require(rows.first { $0.entry.id == "A14" }).isSettled)
        let counted = rows.map(\.cases.count).reduce(0, +)
        #expect(counted == Catalogue.all.map(\.covers.count).reduce(0, +))
    }

    /// Entries of other tables: they are settled where those are.
    private static let elsewhere: Set<String> = ["E16", "L04", "C07", "C08", "C09", "C10", "C11", "I05", "I06"]

    @Test(
        "covers everything that one request can show, with a case or a reason, in every scheme",
        arguments: SchemeLibrary.names)
    func perScheme(name: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: name))
        for row in Coverage.table(for: scheme) where row.entry.status == .stateless {
            if Self.elsewhere.contains(row.entry.id) { continue }
            #expect(row.isSettled, "\(row.entry.id)")
            #expect(row.cases.isEmpty == (row.lack != nil), "\(row.entry.id)")
        }
    }

    @Test("states what a scheme lacks for an entry's cases")
    func lacks() throws {
        let github = try #require(SchemeLibrary.scheme(named: "github"))
        let rows = Coverage.table(for: github)
        let future = try #require(rows.first { $0.entry.id == "E07" })
        #expect(future.cases.isEmpty)
        #expect(future.lack == "not in github: needs a signed timestamp, or a JSON Web Token")
        #expect(Coverage.text(rows).contains("not in github: needs a signed timestamp, or a JSON Web Token\n"))
        #expect(try #require(rows.first { $0.entry.id == "A01" }).lack == nil)
    }

    @Test("aligns its columns and ends with the totals")
    func text() throws {
        let rows = Coverage.table(flaws: [(entry: "A01", flaw: "no-verification")])
        let text = Coverage.text(rows)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let header = try #require(lines.first)
        let titles = try #require(header.firstRange(of: "title")).lowerBound
        let column = header.distance(from: header.startIndex, to: titles)
        for row in rows {
            let line = try #require(lines.first { $0.hasPrefix(row.entry.id) })
            #expect(line.dropFirst(column).hasPrefix(row.entry.title))
        }
        #expect(try #require(lines.first { $0.hasPrefix("A01") }).contains("no-verification"))
        #expect(!lines.contains { $0.hasSuffix(" ") })
        #expect(text.contains("\n179 entries: \(rows.filter { !$0.cases.isEmpty }.count) with cases, "))
        #expect(text.hasSuffix("1 with flaws of the reference endpoint or sender.\n"))
    }
}
