import Bytes
import Testing

@Suite("JSON")
struct JSONTests {
    @Test(
        "writes back compact text as it was read",
        arguments: [
            "null", "true", "-0", "1.0", "1e2", "12345678901234567890", #""é\n\"\\""#, "[]", "{}", "[1,[2,{}]]",
            #"{"b":1,"a":{"b":2,"a":null}}"#, #"{"a":1,"a":2}"#, #"{"10":1,"9":2}"#,
        ])
    func keepsText(text: String) throws {
        let value = try JSON.parse(Array(text.utf8))
        #expect(String(decoding: value.serialized(), as: UTF8.self) == text)
    }

    @Test("resolves escapes, and makes a lone surrogate U+FFFD")
    func escapes() throws {
        #expect(try JSON.parse(Array(#""\u00e9\ud83d\ude00\/\t""#.utf8)) == .string("é😀/\t"))
        #expect(try JSON.parse(Array(#""a\ud800b""#.utf8)) == .string("a\u{FFFD}b"))
        #expect(try JSON.parse(Array(#""\ud800\u0041""#.utf8)) == .string("\u{FFFD}A"))
    }

    @Test(
        "refuses what is not JSON, with the place",
        arguments: [
            ("", 1, 1), ("{\"a\":1,}", 1, 8), ("[1,]", 1, 4), ("01", 1, 2), ("+1", 1, 1), ("1.", 1, 3), ("nul", 1, 1),
            ("{a:1}", 1, 2), ("[1\n,\n x]", 3, 2), ("1 2", 1, 3), ("\"\u{1}\"", 1, 2), ("\"\\x\"", 1, 3), ("NaN", 1, 1),
            ("\u{FEFF}1", 1, 1), ("\"\\u12\"", 1, 4), ("'a'", 1, 1), ("// c\n1", 1, 1),
        ])
    func refuses(text: String, line: Int, column: Int) {
        #expect {
            try JSON.parse(Array(text.utf8))
        } throws: { error in
            let error = error as? JSON.SyntaxError
            return error?.line == line && error?.column == column
        }
    }

    @Test("rejects invalid UTF-8 and endless nesting without crashing")
    func hostile() {
        #expect(throws: JSON.SyntaxError.self) { try JSON.parse([0x22, 0xFF, 0x22]) }
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(throws: JSON.SyntaxError.self) { try JSON.parse(deep) }
        let fits = [UInt8](repeating: UInt8(ascii: "["), count: 512) + [UInt8](repeating: UInt8(ascii: "]"), count: 512)
        #expect(throws: Never.self) { try JSON.parse(fits) }
    }

    @Test("never crashes on damaged text")
    func fuzz() throws {
        let seed = Array(#"{"a":[1,2.5e-3,"x\u00e9\ud83d\ude00",null,true],"b":{"c":"\\"}}"#.utf8)
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<20_000 {
            var text = seed
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                text[Int.random(in: text.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            if Bool.random(using: &generator) { text.removeLast(Int.random(in: 0..<text.count, using: &generator)) }
            guard let value = try? JSON.parse(text) else { continue }
            // What was understood survives being written and read again.
            #expect(try JSON.parse(value.serialized()) == value)
            #expect(try JSON.parse(value.serialized(.pretty)) == value)
        }
    }

    @Test("follows pointers, and replaces the values at them")
    func pointers() throws {
        let value: JSON = ["a": ["b": [1, 2]], "x/y": "s", "~": "t"]
        #expect(value[pointer: "/a/b/1"] == 2)
        #expect(value[pointer: "/x~1y"] == "s")
        #expect(value[pointer: "/~0"] == "t")
        #expect(value[pointer: ""] == value)
        #expect(value[pointer: "/a/none"] == nil)
        #expect(value.replacing(pointer: "/a/b", with: 3)[pointer: "/a/b"] == 3)
        #expect(value.replacing(pointer: "/a/b", with: nil)[pointer: "/a"] == [:])
        #expect(value.replacing(pointer: "/new", with: 1)[pointer: "/new"] == 1)
    }

    @Test("lays out pretty text the same way every time")
    func pretty() {
        let value: JSON = ["format": 1, "list": ["a", "b"], "empty": [], "deep": [["x": 1]]]
        #expect(
            String(decoding: value.serialized(.pretty), as: UTF8.self) == """
                {
                  "format": 1,
                  "list": ["a", "b"],
                  "empty": [],
                  "deep": [
                    {
                      "x": 1
                    }
                  ]
                }

                """)
    }
}
