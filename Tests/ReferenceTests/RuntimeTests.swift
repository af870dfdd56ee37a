import ReportModel
import Testing

@testable import Reference

/// The expected values were printed by Node 20, Python 3.11 and Java 17.
@Suite("Text conversions of languages")
struct RuntimeTests {
    @Test(
        "parseInt of JavaScript",
        arguments: [
            ("1700000000", 1_700_000_000), ("  42abc", 42), ("-7", -7), ("+7", 7), ("0x1F", 31), ("1.9", 1), ("1e3", 1),
            ("", nil), ("abc", nil), ("NaN", nil), ("Infinity", nil), ("0x", nil), ("007", 7),
            ("99999999999999999999999", Int64.max), ("-99999999999999999999999", -Int64.max),
        ] as [(String, Int64?)])
    func parseInt(text: String, expected: Int64?) { #expect(JavaScript.parseInt(Array(text.utf8)) == expected) }

    @Test(
        "Number of JavaScript",
        arguments: [
            ("1700000000", 1_700_000_000), (" 42 ", 42), ("42abc", nil), ("1.9", 1), ("1e3", 1000), ("0x1F", 31),
            ("", 0), ("abc", nil), ("1_0", nil),
        ] as [(String, Int64?)])
    func number(text: String, expected: Int64?) { #expect(JavaScript.number(Array(text.utf8)) == expected) }

    @Test(
        "Buffer.from of hexadecimal",
        arguments: [
            ("abcd", [0xAB, 0xCD]), ("ABcd", [0xAB, 0xCD]), ("abc", [0xAB]), ("abzzcd", [0xAB]), ("zz", []), ("", []),
            ("ab cd", [0xAB]),
        ] as [(String, [UInt8])])
    func hexBuffer(text: String, expected: [UInt8]) { #expect(JavaScript.hexBuffer(Array(text.utf8)) == expected) }

    @Test(
        "int of Python",
        arguments: [
            ("1700000000", 1_700_000_000), (" 1 ", 1), ("+1", 1), ("-1", -1), ("01", 1), ("1_0", 10), ("1__0", nil),
            ("_1", nil), ("1.0", nil), ("", nil), ("abc", nil), ("0x1", nil),
        ] as [(String, Int64?)])
    func int(text: String, expected: Int64?) { #expect(Python.int(Array(text.utf8)) == expected) }

    @Test("Python's int accepts Latin-1 whitespace, and rejects 4301 digits")
    func intLimits() {
        #expect(Python.int([0xA0, 0x31, 0x85]) == 1)
        #expect(Python.int(Array(repeating: 0x39, count: 4300)) == .max)
        #expect(Python.int(Array(repeating: 0x39, count: 4301)) == nil)
    }

    @Test("replace of both")
    func replace() {
        let text = Array("a=b=a=c".utf8)
        #expect(JavaScript.removingFirst("a=", from: text) == Array("b=a=c".utf8))
        #expect(Python.removingAll("a=", from: text) == Array("b=c".utf8))
        // One pass, as str.replace: what the removal brings together stays.
        #expect(Python.removingAll("ab", from: Array("aabb".utf8)) == Array("ab".utf8))
    }

    @Test(
        "parseLong of Java",
        arguments: [
            ("1700000000", 1_700_000_000), ("+1", 1), ("-1", -1), ("01", 1), (" 1", nil), ("", nil), ("+", nil),
            ("1_0", nil), ("\u{661}\u{662}", 12), ("-9223372036854775808", .min), ("9223372036854775807", .max),
            ("9223372036854775808", nil),
        ] as [(String, Int64?)])
    func parseLong(text: String, expected: Int64?) { #expect(Java.parseLong(Array(text.utf8)) == expected) }

    @Test(
        "lenient Base64",
        arguments: [
            ("+/8=", LooseBase64.Leniency(), [0xFB, 0xFF]), ("-_8=", [], nil), ("-_8=", .urlAlphabet, [0xFB, 0xFF]),
            ("+/8", [], nil), ("+/8", .missingPadding, [0xFB, 0xFF]), ("+/9=", [], nil),
            ("+/9=", .trailingBits, [0xFB, 0xFF]), ("+ /8=", [], nil), ("+ /!8=", .junk, [0xFB, 0xFF]),
        ] as [(String, LooseBase64.Leniency, [UInt8]?)])
    func base64(text: String, leniency: LooseBase64.Leniency, expected: [UInt8]?) {
        #expect(LooseBase64.decode(Array(text.utf8), forgiving: leniency) == expected)
    }

    @Test(
        "the time of an event",
        arguments: [
            ("2023-11-14T22:13:20Z", 1_700_000_000), ("1970-01-01T00:00:00Z", 0),
            ("2024-02-29T12:00:00Z", 1_709_208_000),
            ("2023-11-14", nil), ("2023-11-14T22:13:20+01", nil), ("abcd-ef-ghTij:kl:mnZ", nil),
        ] as [(String, Int64?)])
    func iso(text: String, expected: Int64?) { #expect(EventTime.iso(Array(text.utf8)) == expected) }
}
