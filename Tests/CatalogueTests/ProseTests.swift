import Catalogue
import Foundation
import ReportModel
import Schemes
import Testing

/// The texts that people read about cases, flaws and schemes.
@Suite("Prose")
struct ProseTests {
    /// Words that read as translated, or name a thing that has another name here, as patterns over whole words.
    static let awkward = [
        "stands?( for| in| there)?", "standing", "behind", "blanks?", "mend(s|ed|ing)?", "goes? before", "without more",
        "to who", "who(so)?ever", "in vain", "foretold", "holds? for right", "is good for", "stays? good", "for ever",
        "anybody", "strangers?", "line feeds?", "line ends?", "refus(e|es|ed|ing|als?)", "he|his", "is decided",
        "for nothing", "waved through",
    ]

    /// Returns the awkward words in a text.
    static func awkwardWords(in text: String) -> [String] {
        awkward.flatMap { pattern -> [String] in
            guard let regex = try? Regex("\\b(?:\(pattern))\\b").ignoresCase() else {
                return ["bad pattern \(pattern)"]
            }
            return text.matches(of: regex).map { String(text[$0.range]) }
        }
    }

    /// Checks that a text is a sentence, or several, without awkward words.
    static func expectSentence(_ text: String, of owner: String) {
        #expect(text.first.map { $0.isUppercase || $0.isNumber } == true && text.hasSuffix("."), "\(owner): \(text)")
        #expect(!text.hasSuffix("..") && !text.contains("  "), "\(owner): \(text)")
        #expect(awkwardWords(in: text).isEmpty, "\(owner): \(text)")
    }

    @Test("every case has a well-formed id", arguments: Catalogue.descriptions.map(\.id))
    func id(id: String) { #expect(id.wholeMatch(of: /[a-z0-9-]+\/[a-z0-9-]+/) != nil) }

    @Test(
        "every case says what a sound endpoint does, why and how to fix it", arguments: Catalogue.descriptions.map(\.id)
    )
    func texts(id: String) throws {
        let description = try #require(Catalogue.description(of: id))
        for text in [description.title, description.why, description.fix] {
            Self.expectSentence(text, of: id)
            #expect(text.count < 400, "\(id): \(text)")
        }
        #expect(!description.title.contains(". "), "\(id): a title is one sentence")
    }

    @Test("every entry of the flaw catalogue is explained", arguments: FlawEntry.all.map(\.id))
    func entries(id: String) throws {
        let entry = try #require(FlawEntry.named(id))
        #expect(Self.awkwardWords(in: entry.title).isEmpty, "\(entry.title)")
        Self.expectSentence(entry.bug, of: id)
        Self.expectSentence(entry.effect, of: id)
        if case .notTestable(let reason) = entry.status { Self.expectSentence(reason, of: id) }
    }

    @Test("every clause of a scheme is a sentence", arguments: SchemeLibrary.all)
    func clauses(scheme: Scheme) {
        for clause in scheme.clauses { Self.expectSentence(clause.text, of: "\(scheme.id) \(clause.id)") }
    }

    /// Findings and obstacles are thrown by steps, so they are read from the source.
    @Test("findings and obstacles have no awkward words")
    func findings() throws {
        let root = Tool.repository.appending(path: "Sources/Catalogue/Scenarios")
        let paths = try #require(FileManager.default.enumerator(atPath: root.path))
        var checked = 0
        for case let path as String in paths where path.hasSuffix(".swift") {
            let source = try String(contentsOf: root.appending(path: path), encoding: .utf8)
            let code = source.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
            let literals = code.flatMap { $0.matches(of: /"((?:[^"\\]|\\.)*)"/) }.map { String($0.1) }
            for literal in literals {
                #expect(Self.awkwardWords(in: literal).isEmpty, "\(path): \(literal)")
            }
            checked += literals.count
        }
        #expect(checked > 500)
    }

    @Test(
        "awkward words are found",
        arguments: [
            ("A blank behind the comma.", ["behind", "blank"]), ("Stands for nothing.", ["Stands for", "for nothing"]),
            ("The standard is understood.", []), ("Whoever mends it.", ["mends", "Whoever"]),
        ])
    func examples(text: String, words: [String]) {
        #expect(Self.awkwardWords(in: text).sorted() == words.sorted())
    }
}
