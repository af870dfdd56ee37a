import Bytes
import Testing

@Suite("ASCII")
struct ASCIITests {
    @Test(
        "reads plain decimal numbers",
        arguments: [("0", 0), ("7", 7), ("1700000000", 1_700_000_000)] as [(String, UInt64)])
    func decimal(text: String, value: UInt64) {
        #expect(ASCII.decimal(Array(text.utf8)) == value)
    }

    @Test(
        "refuses what number parsers forgive (E05, E06, E10)",
        arguments: [
            "", "+5", "-5", " 5", "5 ", "05", "1_0", "1.0", "1e3", "0x5", "٣", "18446744073709551616", "5\u{85}",
        ])
    func decimalRefuses(text: String) {
        #expect(ASCII.decimal(Array(text.utf8)) == nil)
    }

    @Test("folds ASCII letters only: the Kelvin sign is not a k")
    func foldsASCIIOnly() {
        #expect(ASCII.equalsIgnoringCase(Array("X-Sig".utf8), Array("x-sIG".utf8)))
        #expect(!ASCII.equalsIgnoringCase(Array("\u{212A}".utf8), Array("k".utf8)))
        #expect(!ASCII.equalsIgnoringCase(Array("é".utf8), Array("e\u{301}".utf8)))
    }

    @Test("trims spaces, not newlines")
    func trims() {
        #expect(ASCII.trimmed(Array(" \t a b\t".utf8)) == Array("a b".utf8))
        #expect(ASCII.trimmed(Array("\u{A0}a".utf8)) == Array("\u{A0}a".utf8))
        #expect(ASCII.trimmed(Array("  ".utf8)).isEmpty)
    }

    @Test("finds the first range")
    func firstRange() {
        #expect(ASCII.firstRange(of: Array("cd".utf8), in: Array("abcdcd".utf8)) == 2..<4)
        #expect(ASCII.firstRange(of: Array("x".utf8), in: Array("abc".utf8)) == nil)
        #expect(ASCII.firstRange(of: [], in: Array("abc".utf8)) == nil)
    }
}
