import Bytes
import Schemes
import Testing

@Suite("Serialiser properties")
struct SerialiserPropertyTests {
    @Test("ids are unique, in kebab case, and found by name")
    func names() {
        #expect(Set(Serialiser.all.map(\.id)).count == Serialiser.all.count)
        #expect(Set(Serialiser.all.map(\.title)).count == Serialiser.all.count)
        for serialiser in Serialiser.all {
            #expect(serialiser.id.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(serialiser.id)")
            #expect(Serialiser.named(serialiser.id) == serialiser)
        }
        #expect(Serialiser.named("cobol") == nil)
    }

    @Test("one event distinguishes all models")
    func distinguishes() throws {
        let event = #"{"10":1e7,"type":"message","2":[{}],"text":"caf\u00e9 & <b>/","id":12345678901234567890}"#
        let value = try JSON.parse(Array(event.utf8))
        let texts = Serialiser.all.map { $0.serialise(value) }
        #expect(Set(texts).count == Serialiser.all.count)
    }

    @Test(
        "random values keep their meaning, and come out the same the second time", arguments: Serialiser.all.map(\.id))
    func roundTrip(id: String) throws {
        let serialiser = try #require(Serialiser.named(id))
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2_000 {
            let value = JSON.random(depth: 4, lossy: false, using: &generator)
            let text = serialiser.serialise(value)
            let again = try JSON.parse(text)
            #expect(again.meaning == value.meaning, "\(String(decoding: text, as: UTF8.self))")
            #expect(serialiser.serialise(again) == text)
        }
    }

    @Test("random numbers and duplicate keys never crash a model", arguments: Serialiser.all.map(\.id))
    func fuzz(id: String) throws {
        let serialiser = try #require(Serialiser.named(id))
        var generator = SeededGenerator(seed: 13)
        for _ in 0..<5_000 {
            let value = JSON.random(depth: 5, lossy: true, using: &generator)
            let text = serialiser.serialise(value)
            // Python's Infinity is the one thing that isn't JSON.
            if !String(decoding: text, as: UTF8.self).contains("Infinity") {
                #expect(throws: Never.self) { try JSON.parse(text) }
            }
        }
    }

    @Test("text that is no number, which only code can make, is left as it is")
    func notANumber() {
        for serialiser in Serialiser.all {
            #expect(serialiser.serialise(.number("one")) == Array("one".utf8))
        }
    }
}

extension JSON {
    /// Something that is equal for values that mean the same: sorted members, empty containers alike (PHP's arrays).
    fileprivate var meaning: JSON {
        switch self {
        case .array(let elements): .array(elements.map(\.meaning))
        case .object(let members) where members.isEmpty: .array([])
        case .object(let members):
            .object(
                members.map { Member($0.key, $0.value.meaning) }
                    .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) })
        case .number(let text): .number(Double(text).map { "\($0)" } ?? text)
        default: self
        }
    }

    /// A random value; one that isn't lossy has distinct keys, none of them an index, and numbers that a double holds.
    fileprivate static func random(depth: Int, lossy: Bool, using generator: inout SeededGenerator) -> JSON {
        switch Int.random(in: 0..<(depth == 0 ? 5 : 8), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .number(lossy ? lexeme(using: &generator) : double(using: &generator))
        case 3, 4: return .string(text(using: &generator))
        case 5:
            let count = Int.random(in: 0...3, using: &generator)
            return .array((0..<count).map { _ in random(depth: depth - 1, lossy: lossy, using: &generator) })
        default:
            let count = Int.random(in: 0...4, using: &generator)
            return .object(
                (0..<count).map { index in
                    let key = lossy ? ["a", "0", "1", "é"].randomElement(using: &generator) : nil
                    let value = random(depth: depth - 1, lossy: lossy, using: &generator)
                    return Member(key ?? "k\(index)" + text(using: &generator), value)
                })
        }
    }

    private static func double(using generator: inout SeededGenerator) -> String {
        let value = Double(bitPattern: generator.next())
        return value.isFinite ? "\(value)" : "0.5"
    }

    private static func lexeme(using generator: inout SeededGenerator) -> String {
        func digits(_ most: Int) -> String {
            (0..<Int.random(in: 1...most, using: &generator)).map { _ in
                String(Int.random(in: 0...9, using: &generator))
            }.joined()
        }
        let sign = ["", "-"].randomElement(using: &generator) ?? ""
        let fraction = Bool.random(using: &generator) ? "." + digits(20) : ""
        let exponent = Bool.random(using: &generator) ? "e" + sign + digits(4) : ""
        return sign + String(Int.random(in: 0...99, using: &generator)) + fraction + exponent
    }

    private static func text(using generator: inout SeededGenerator) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...5, using: &generator) {
            let limits: [UInt32] = [0x20, 0x80, 0x2100, 0x11_0000]
            let limit = limits.randomElement(using: &generator) ?? 0x80
            text.append(Unicode.Scalar(UInt32.random(in: 0..<limit, using: &generator)) ?? "\u{FFFD}")
        }
        return String(text)
    }
}
