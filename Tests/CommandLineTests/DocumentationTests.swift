import Bytes
import Foundation
import ReportModel
import Schemes
import Testing

/// The articles for maintainers and for readers of reports, compared with the code and the files that they describe.
@Suite struct DocumentationTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let catalogue = "Sources/CommandLine/Countersign.docc"
    static let pages =
        ["AuthoringACase", "AuthoringAFlaw", "AuthoringAScheme", "AuthoringAFormat"].map { "\(catalogue)/\($0).md" }
        + ["Architecture", "HonestVerdicts", "MeasuringTime", "JudgingSenders", "ReportFormat", "Countersign"].map {
            "\(catalogue)/\($0).md"
        }
        + [".github/CONTRIBUTING.md"]

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    private static func blocks(_ language: String, of page: String) throws -> [String] {
        try text(page).components(separatedBy: "```\(language)\n").dropFirst()
            .compactMap { $0.components(separatedBy: "\n```").first }
    }

    /// The Swift files of the repository, below its root.
    private static let files = ["Sources", "Tests"].flatMap { folder in
        (FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path) ?? .init())
            .compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }
    }

    private static let fileNames = Set(files.map { ($0 as NSString).lastPathComponent } + ["Package.swift"])

    private static let sources = files.map { (try? text($0)) ?? "" }.joined(separator: "\n")

    private static let code = Data(skeleton(of: sources).utf8)

    /// Returns code without comments, layout and sentences, which may change while an example stays true.
    private static func skeleton(of code: String) -> String {
        var skeleton = [UInt8]()
        for line in Array(code.utf8).split(separator: 0x0A) {
            var rest = line.drop { $0 == 0x20 }
            if rest.starts(with: "//".utf8) { continue }
            while let byte = rest.popFirst() {
                if byte != 0x20 { skeleton.append(byte) }
                guard byte == 0x22 else { continue }
                var literal = [UInt8]()
                while let inside = rest.popFirst(), inside != 0x22 {
                    literal.append(inside)
                    if inside == 0x5C, let escaped = rest.popFirst() { literal.append(escaped) }
                }
                skeleton += literal.contains(0x20) ? [0x22] : literal + [0x22]
            }
        }
        var text = String(decoding: skeleton, as: UTF8.self)
        // A sentence may be written as a sum.
        while text.contains("\"\"+\"\"") { text = text.replacingOccurrences(of: "\"\"+\"\"", with: "\"\"") }
        return text
    }

    @Test func everyArticleIsChecked() throws {
        let folder = Self.root.appendingPathComponent(Self.catalogue)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(files.map { "\(Self.catalogue)/\($0)" }).isSubset(of: Self.pages))
    }

    @Test(arguments: pages) func swiftExamplesAreTakenFromTheCode(page: String) throws {
        for block in try Self.blocks("swift", of: page) {
            #expect(Self.code.range(of: Data(Self.skeleton(of: block).utf8)) != nil, "not in the code:\n\(block)")
        }
        if page.contains("Authoring") { #expect(try !Self.blocks("swift", of: page).isEmpty) }
    }

    @Test(arguments: pages) func everyFileThatIsNamedExists(page: String) throws {
        let spans = try Self.text(page).matches(of: /`([A-Za-z.][A-Za-z.+\/-]*)`/).map { String($0.output.1) }
        for span in spans where span.hasSuffix(".swift") || span.hasPrefix("Sources/") || span.hasPrefix("Tests/") {
            let places = [span, "Sources/\(span)"].map { Self.root.appendingPathComponent($0).path }
            let exists =
                span.contains("/")
                ? places.contains(where: FileManager.default.fileExists) : Self.fileNames.contains(span)
            #expect(exists, "\(span) does not exist")
        }
    }

    @Test func everyHonestyRuleThatACommentCitesIsExplained() throws {
        let article = try Self.text("\(Self.catalogue)/HonestVerdicts.md")
        let cited = Set(Self.sources.matches(of: /[Hh]onesty rule (\d+)/).map { String($0.output.1) })
        #expect(cited.count > 4)
        for number in cited { #expect(article.contains("\n\(number). **"), "there is no honesty rule \(number)") }
    }

    @Test func theExampleOfASchemeIsTheOneThatTestsRead() throws {
        let example = try #require(try Self.blocks("json", of: "\(Self.catalogue)/AuthoringAScheme.md").first)
        #expect(try "\(example)\n" == Self.text("Tests/SchemesTests/own-scheme.json"))
    }

    /// The reader names the keys that it knows where it meets one that it does not.
    @Test func everyKeyOfASchemeFileIsExplained() throws {
        let article = try Self.text("\(Self.catalogue)/AuthoringAScheme.md")
        let example = try JSON.parse(Array(try Self.text("Tests/SchemesTests/own-scheme.json").utf8))
        let scheme = example.replacing(pointer: "/credentials", with: [["id": "key", "header": "X-Key"]])
        let problems: [JSONProblem]
        do {
            _ = try Scheme.read(Self.withUnknownKeys(scheme).serialized())
            problems = []
        } catch {
            problems = error.problems
        }
        let lists = problems.compactMap { $0.reason.components(separatedBy: "the keys here are ").dropFirst().first }
        #expect(lists.count > 20)
        for key in Set(lists.flatMap { $0.components(separatedBy: ", ") }).sorted() {
            #expect(article.contains("`\(key)`"), "\(key) is not explained")
        }
        for topic in Topic.allCases { #expect(article.contains("`\(topic.rawValue)`"), "\(topic) is not named") }
        for algorithm in SignatureAlgorithm.all { #expect(article.contains("`\(algorithm.name)`")) }
    }

    private static func withUnknownKeys(_ value: JSON) -> JSON {
        switch value {
        case .array(let elements): .array(elements.map(withUnknownKeys))
        case .object(let members):
            .object(members.map { JSON.Member($0.key, withUnknownKeys($0.value)) } + [JSON.Member("qqqqqqqq", 1)])
        default: value
        }
    }

    /// Codes are read from the source of the reader, which has a line for each.
    @Test func everyCodeOfAReportIsExplained() throws {
        let article = try Self.text("\(Self.catalogue)/ReportFormat.md")
        let source = try ["Reasons", "Gate"].map { try Self.text("Sources/Reporting/JSON/JSONReport+\($0).swift") }
            .joined()
        let codes = Set(source.matches(of: /case "([a-z-]+)"/).map { String($0.output.1) })
        #expect(codes.count > 25)
        let rows = Set(article.matches(of: /(?m)^\| `([a-z-]+)` \| [^|]+ \| [^|]+ \|$/).map { String($0.output.1) })
        #expect(codes == rows)
    }

    @Test func everyFieldOfAReportIsExplained() throws {
        let article = try Self.text("\(Self.catalogue)/ReportFormat.md")
        let report = try JSON.parse(Array(try Self.text("reports/sample-run.json").utf8))
        var fields = Set<String>()
        func collect(_ value: JSON, at name: String) {
            if case .array(let elements) = value { for element in elements { collect(element, at: name) } }
            for member in value.members ?? [] {
                // Evidence is by case id.
                if name != "timing/evidence" { fields.insert(member.key) }
                collect(member.value, at: name == "timing" ? "timing/\(member.key)" : member.key)
            }
        }
        collect(report, at: "")
        #expect(fields.count > 50)
        for field in fields.sorted() { #expect(article.contains("`\(field)`"), "\(field) is not explained") }
    }
}
