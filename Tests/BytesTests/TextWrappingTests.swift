import Bytes
import Testing

@Suite("Text wrapping")
struct TextWrappingTests {
    @Test("breaks at spaces, each line by itself, and keeps its own margin")
    func lines() {
        #expect(TextWrapping.lines("one two three", width: 7) == ["one two", "three"])
        #expect(TextWrapping.lines("one two\n\n  a b c d", width: 5) == ["one", "two", "", "  a b", "  c d"])
        #expect(TextWrapping.lines("one two", width: 6, indent: 2) == ["  one", "  two"])
        #expect(TextWrapping.lines("", width: 5) == [""])
    }

    @Test("cuts a word that is too long only when told to")
    func longWords() {
        #expect(TextWrapping.lines("a abcdefgh b", width: 4) == ["a", "abcdefgh", "b"])
        #expect(TextWrapping.lines("a abcdefgh b", width: 4, cutsWords: true) == ["a", "abcd", "efgh", "b"])
        #expect(TextWrapping.lines("abcdef", width: 4, indent: 2, cutsWords: true) == ["  ab", "  cd", "  ef"])
    }

    @Test("takes out the middle of a text that is too long")
    func shortened() {
        #expect(TextWrapping.shortened("0123456789", to: 10) == "0123456789")
        #expect(TextWrapping.shortened("0123456789", to: 7) == "0123…89")
    }
}
