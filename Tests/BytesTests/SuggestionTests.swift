import Testing

@testable import Bytes

@Suite("Suggestions")
struct SuggestionTests {
    // Published examples: Wagner-Fischer's kitten and Saturday; Lowrance and Wagner's swaps with an edit between.
    @Test(
        "counts edits",
        arguments: [
            ("kitten", "sitting", 3), ("saturday", "sunday", 3), ("ca", "abc", 2), ("a cat", "an act", 2),
            ("ab", "ba", 1), ("", "abc", 3), ("abc", "", 3), ("", "", 0), ("same", "same", 0), ("é", "e", 2),
        ])
    func distance(left: String, right: String, edits: Int) {
        #expect(Suggestion.distance(Array(left.utf8), Array(right.utf8)) == edits)
    }

    @Test("is a metric")
    func metric() {
        var random = SeededGenerator(seed: 7)
        func word() -> [UInt8] {
            (0..<Int.random(in: 0...6, using: &random)).map { _ in UInt8.random(in: 97...99, using: &random) }
        }
        for _ in 0..<2_000 {
            let (one, two, three) = (word(), word(), word())
            let direct = Suggestion.distance(one, two)
            #expect(direct == Suggestion.distance(two, one))
            #expect((direct == 0) == (one == two))
            #expect(direct >= abs(one.count - two.count) && direct <= max(one.count, two.count))
            #expect(direct <= Suggestion.distance(one, three) + Suggestion.distance(three, two))
        }
    }

    @Test("a swap inside a longer word counts once", arguments: 0...8)
    func swap(place: Int) {
        let word = Array("signatures".utf8)
        var swapped = word
        swapped.swapAt(place, place + 1)
        #expect(Suggestion.distance(word, swapped) == 1)
    }

    @Test("suggests candidates that start with or contain the word, closest first")
    func nearest() {
        let cases = ["timestamp/past-limit", "timestamp/future-one-year", "timestamp/future-limit", "body/re-ordered"]
        #expect(
            Suggestion.nearest("timestamp/future", among: cases)
                == ["timestamp/future-one-year", "timestamp/future-limit"])
        #expect(Suggestion.nearest("ordered", among: cases) == ["body/re-ordered"])
        #expect(Suggestion.nearest("timestamp/pats-limit", among: cases) == ["timestamp/past-limit"])
        #expect(Suggestion.nearest("timestamp", among: cases, limit: 1) == ["timestamp/past-limit"])
        #expect(Suggestion.nearest("SLACK", among: ["stripe", "slack"]) == ["slack"])
        #expect(Suggestion.nearest("stack", among: ["track", "slack", "stack-overflow"]).first == "slack")
    }

    @Test("asks about up to three candidates in one sentence")
    func sentence() {
        let names = ["slack", "stack", "stacks", "flack"]
        #expect(Suggestion.sentence(for: "slack", among: ["slack", "stripe"]) == "Did you mean 'slack'?")
        #expect(Suggestion.sentence(for: "stac", among: ["stack", "stacks"]) == "Did you mean 'stack' or 'stacks'?")
        #expect(Suggestion.sentence(for: "slack", among: names) == "Did you mean 'slack', 'stack' or 'flack'?")
        #expect(Suggestion.sentence(for: "slack", among: names, limit: 1) == "Did you mean 'slack'?")
        #expect(Suggestion.sentence(for: "github", among: names) == nil)
    }

    @Test("is silent about words near to nothing")
    func silent() {
        #expect(Suggestion.nearest("", among: ["a"]).isEmpty)
        #expect(Suggestion.nearest("ab", among: ["cd", "xaby"]).isEmpty)
        #expect(Suggestion.nearest("github", among: ["stripe", "slack"]).isEmpty)
        #expect(Suggestion.nearest("--frob", among: ["--jobs", "--from-x", "--only"]).isEmpty)
        #expect(Suggestion.nearest("-a", among: ["-b"]).isEmpty)
        #expect(Suggestion.nearest(String(repeating: "a", count: 1_000_000), among: ["aaa"]).isEmpty)
        #expect(Suggestion.nearest("slack", among: ["slack"], limit: 0).isEmpty)
    }
}
