import Catalogue
import Foundation
import ReportModel
import Schemes
import Testing

/// The texts that people read about cases, flaws and schemes.
@Suite("Prose")
struct ProseTests {
    /// Phrases that read as translated, or that name a thing by another word than the rest of the project.
    private static let awkward = [
        "stand for", "stands for", "stand in", "stands in", "stands there", "standing", "behind", "blank", "blanks",
        "mend", "mends", "mended", "goes before", "go before", "without more", "to who", "whoever", "whosoever",
        "in vain", "foretold", "hold for right", "holds for right", "is good for", "stay good", "stays good",
        "for ever",
        "anybody", "stranger", "strangers", "line feed", "line feeds", "line end", "line ends", "refuse", "refuses",
        "refused", "refusing", "refusal", "refusals", "he", "his", "is decided", "for nothing", "waved through",
    ]

    /// Returns the awkward phrases in a text, as whole words.
    static func awkwardPhrases(in text: String) -> [String] {
        let words = text.lowercased().split { !$0.isLetter }.joined(separator: " ")
        return awkward.filter { " \(words) ".contains(" \($0) ") }
    }

    /// Checks that a text is a sentence, or several, without awkward phrases.
    static func expectSentence(_ text: String, of owner: String) {
        #expect(text.first.map { $0.isUppercase || $0.isNumber } == true && text.hasSuffix("."), "\(owner): \(text)")
        #expect(!text.hasSuffix("..") && !text.contains("  "), "\(owner): \(text)")
        #expect(awkwardPhrases(in: text).isEmpty, "\(owner): \(text)")
    }

    @Test("every case has a well-formed id")
    func ids() {
        for testCase in Catalogue.all {
            #expect(testCase.id.wholeMatch(of: /[a-z0-9-]+\/[a-z0-9-]+/) != nil, "\(testCase.id)")
        }
    }

    @Test("every case says what a sound subject does, why and how to fix it")
    func texts() {
        for testCase in Catalogue.all {
            for text in [testCase.title, testCase.why, testCase.fix] {
                Self.expectSentence(text, of: testCase.id)
                #expect(text.count < 400, "\(testCase.id): \(text)")
            }
            #expect(!testCase.title.contains(/[a-z]\. [A-Z]/), "\(testCase.id): a title is one sentence")
        }
    }

    @Test("every entry of the flaw catalogue is explained", arguments: Weakness.all.map(\.id))
    func entries(id: String) throws {
        let entry = try #require(Weakness.named(id))
        #expect(Self.awkwardPhrases(in: entry.title).isEmpty, "\(entry.title)")
        Self.expectSentence(entry.bug, of: id)
        Self.expectSentence(entry.effect, of: id)
        if case .notTestable(let reason) = entry.status { Self.expectSentence(reason, of: id) }
    }

    @Test("every clause of a scheme is a sentence", arguments: SchemeLibrary.all)
    func clauses(scheme: Scheme) {
        for clause in scheme.clauses { Self.expectSentence(clause.text, of: "\(scheme.id) \(clause.id)") }
    }

    /// Findings and obstacles are thrown by steps, so they are read from the source.
    @Test("findings and obstacles have no awkward phrases")
    func findings() throws {
        let root = Tool.repository.appending(path: "Sources/Catalogue")
        let paths = ["Scenarios", "Senders"].flatMap { folder in
            (FileManager.default.enumerator(atPath: root.appending(path: folder).path) ?? .init())
                .compactMap { $0 as? String }.map { "\(folder)/\($0)" }
        }
        var checked = 0
        for path in paths where path.hasSuffix(".swift") {
            let source = try String(contentsOf: root.appending(path: path), encoding: .utf8)
            let code = source.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
            let literals = code.flatMap { $0.matches(of: /"((?:[^"\\]|\\.)*)"/) }
                .map { $0.1.replacing(/\\\([^)]*\)/, with: "…") }.filter { $0.contains(" ") }
            for literal in literals {
                #expect(Self.awkwardPhrases(in: String(literal)).isEmpty, "\(path): \(literal)")
            }
            checked += literals.count
        }
        #expect(checked > 200)
    }

    @Test(
        "awkward phrases are found as whole words",
        arguments: [
            ("A blank behind the comma.", ["behind", "blank"]),
            ("It Stands for nothing.", ["stands for", "for nothing"]),
            ("The standard is understood, blankets too.", []), ("Whoever mends it.", ["mends", "whoever"]),
        ])
    func examples(text: String, phrases: [String]) {
        #expect(Self.awkwardPhrases(in: text).sorted() == phrases.sorted())
    }
}
