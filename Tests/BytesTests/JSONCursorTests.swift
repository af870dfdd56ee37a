import Bytes
import Testing

@Suite("A JSON cursor")
struct JSONCursorTests {
    private enum Colour: String, CaseIterable { case red, green }

    private static let document = JSONCursor([
        "name": "countersign", "count": 7, "ratio": .number("0.5"), "on": true, "none": .null, "colour": "green",
        "list": ["a", "b"], "a/b~c": ["x": 1],
    ])

    @Test("reads each kind of value")
    func reads() throws {
        let root = Self.document
        #expect(try root["name"].string == "countersign")
        #expect(try root["count"].integer(in: 0...9) == 7)
        #expect(try root["count"].integer() as UInt8 == 7)
        #expect(try root["ratio"].double == 0.5)
        #expect(try root["on"].bool)
        #expect(try root["none"].optional == nil && root.member("nothing") == nil)
        #expect(try root["colour"].choice(Colour.self) == .green)
        #expect(try root["list"].strings == ["a", "b"])
        #expect(try root["a/b~c"].members.map(\.key) == ["x"])
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let read: @Sendable (JSONCursor) throws(JSONProblem) -> Void

        init(_ expected: String, _ read: @escaping @Sendable (JSONCursor) throws(JSONProblem) -> Void) {
            testDescription = expected
            self.read = read
        }
    }

    static let mistakes = [
        Mistake("the key \"size\" is missing") { at throws(JSONProblem) in _ = try at["size"] },
        Mistake("/count: expected a string") { at throws(JSONProblem) in _ = try at["count"].string },
        Mistake("/name: expected a whole number from 1 to 9") { at throws(JSONProblem) in
            _ = try at["name"].integer(in: 1...9)
        },
        Mistake("/count: expected a whole number from 8 to 9") { at throws(JSONProblem) in
            _ = try at["count"].integer(in: 8...9)
        },
        Mistake("/ratio: expected a whole number from 0 to 255") { at throws(JSONProblem) in
            _ = try at["ratio"].integer() as UInt8
        },
        Mistake("/name: expected true or false") { at throws(JSONProblem) in _ = try at["name"].bool },
        Mistake("/name: expected a number") { at throws(JSONProblem) in _ = try at["name"].double },
        Mistake("/name: expected one of \"red\", \"green\"") { at throws(JSONProblem) in
            _ = try at["name"].choice(Colour.self)
        },
        Mistake("/name: expected an array") { at throws(JSONProblem) in _ = try at["name"].elements },
        Mistake("/name: expected an object") { at throws(JSONProblem) in _ = try at["name"].members },
        Mistake("/list/1: expected a whole number from 0 to 255") { at throws(JSONProblem) in
            _ = try at["list"].elements[1].integer() as UInt8
        },
        Mistake("/a~1b~0c/x: expected a string") { at throws(JSONProblem) in _ = try at["a/b~c"]["x"].string },
        Mistake("/a~1b~0c: the key \"y\" is missing") { at throws(JSONProblem) in
            try at["a/b~c"].object(["y"], optional: ["x"])
        },
        Mistake("/a~1b~0c/x: unknown key; the keys here are left, right") { at throws(JSONProblem) in
            try at["a/b~c"].object([], optional: ["left", "right"])
        },
    ]

    @Test("names the place and the expected value", arguments: mistakes)
    func names(mistake: Mistake) {
        #expect {
            try mistake.read(Self.document)
        } throws: { "\($0)" == mistake.testDescription }
    }

    @Test("suggests what was probably meant, and does not print long lists")
    func suggests() {
        let root = JSONCursor(["algoritm": 1, "zzz": 2])
        let known = ["algorithm", "encoding"]
        #expect(
            root.unknownMembers(besides: known).map(\.description) == [
                "/algoritm: unknown key; did you mean \"algorithm\"?",
                "/zzz: unknown key; the keys here are algorithm, encoding",
            ])
        let many = (0..<21).map { "option-\($0)" }
        #expect(root.unknownMembers(besides: many).map(\.reason) == ["unknown key", "unknown key"])
    }

    @Test("finds a key that appears twice, by the bytes of the key")
    func twice() throws {
        let twice = JSONCursor(.object([.init("a", 1), .init("a", 2)]))
        for read: (JSONCursor) throws -> Void in [
            { _ = try $0["a"] }, { _ = try $0.members }, { try $0.object(["a"]) },
        ] {
            #expect {
                try read(twice)
            } throws: { "\($0)" == "/a: the key appears more than once" }
        }
        let alike = JSONCursor(.object([.init("\u{e9}", 1), .init("e\u{301}", 2)]))
        #expect(try alike.members.count == 2)
    }

    @Test("collects every problem when asked to")
    func collects() {
        let problems = JSONProblems()
        #expect(problems.read(try Self.document["name"].string) == "countersign")
        #expect(problems.read(try Self.document["name"].bool) == nil)
        #expect(problems.read(try Self.document["size"]) == nil)
        #expect(
            problems.list.map(\.description) == [
                "/name: expected true or false", "the key \"size\" is missing",
            ])
    }
}
