import Bytes
import Catalogue
import Foundation
import ReportModel
import Schemes
import Testing

/// One way to damage a sound vector file, and the problem that must be found.
struct Damage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let problem: String
    let damage: @Sendable (JSON) -> JSON

    init(_ name: String, _ problem: String, _ damage: @escaping @Sendable (JSON) -> JSON) {
        testDescription = name
        self.problem = problem
        self.damage = damage
    }

    /// Changes the test with an id.
    init(_ name: String, in id: String, _ problem: String, _ damage: @escaping @Sendable (JSON) -> JSON) {
        self.init(name, problem) { file in
            let tests = file["tests"]?.array ?? []
            return file.replacing(
                pointer: "/tests", with: .array(tests.map { $0["id"]?.string == id ? damage($0) : $0 }))
        }
    }
}

extension JSON {
    fileprivate func setting(_ pointer: String, _ value: JSON?) -> JSON { replacing(pointer: pointer, with: value) }

    /// Gives the value of a header in a request, in a list of pairs.
    fileprivate func settingHeader(_ name: String, _ change: (String) -> String) -> JSON {
        let headers = self[pointer: "/request/headers"]?.array ?? []
        return setting(
            "/request/headers",
            .array(
                headers.map { pair in
                    guard let pair = pair.array, pair[0].string == name, let value = pair[1].string else { return pair }
                    return [pair[0], .string(change(value))]
                }))
    }

    fileprivate func test(_ id: String) -> JSON {
        self["tests"]?.array?.first { $0["id"]?.string == id } ?? .null
    }
}

private func base64(_ text: String) -> JSON { ["base64": .string(Base64.string(Array(text.utf8)))] }

/// A seeded generator (xorshift), so that a file that breaks the check can be made again.
private struct Scatter: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

@Suite("Checking vector files")
struct VectorCheckTests {
    static let name = "vectors/scaiwave.json"
    static let future = "timestamp/future-one-year"
    static let text = "control/text-accents"
    static let header = "X-ScaiWave-Bridge-Signature"
    static let sha256OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    /// The generated file.
    static let whole: JSON = (try? JSON.parse(Generated.file("scaiwave"))) ?? .null

    /// The generated file with a few of its tests, so that damaging it stays quick however many there are.
    static let sound: JSON = {
        let ids = ["control/plain", "control/again", text, future]
        let tests = (whole["tests"]?.array ?? []).filter { ids.contains($0["id"]?.string ?? "") }
        let flags = tests.flatMap { $0["flags"]?.array ?? [] }
        let notes = (whole["notes"]?.members ?? []).filter { flags.contains(.string($0.key)) }
        return whole.setting("/tests", .array(tests)).setting("/numberOfTests", JSON(tests.count))
            .setting("/notes", .object(notes))
    }()

    @Test("finds nothing in the few tests that the damage is done to")
    func soundness() {
        #expect(Self.sound["tests"]?.array?.count == 4)
        #expect(VectorCheck.problems(in: Self.sound.serialized(), named: Self.name) == [])
    }

    @Test("finds no problem in generated files", arguments: SchemeLibrary.names)
    func generated(scheme: String) {
        let problems = VectorCheck.problems(in: Generated.file(scheme), named: "vectors/\(scheme).json")
        #expect(problems == [])
    }

    /// A verifier's author who has only the file must know all that is asked.
    @Test("states what an answer must contain and must not contain", arguments: SchemeLibrary.names)
    func expectations(scheme: String) throws {
        let tests = try JSON.parse(Generated.file(scheme))["tests"]?.array ?? []
        for test in tests {
            let testCase = try #require(Catalogue.named(test["id"]?.string ?? ""))
            // Discord's document: a PING is answered with type 1.
            #expect(
                test[pointer: "/expect/holds"] == (testCase.probe?.expectation.answers == .ping ? ["type": 1] : nil),
                "\(testCase.id)")
            #expect(
                test[pointer: "/expect/hides"]?.string == testCase.probe?.expectation.hides?.rawValue, "\(testCase.id)")
        }
        let held = tests.filter { $0[pointer: "/expect/holds"] != nil }.compactMap { $0["id"]?.string }
        #expect(held.isEmpty == (scheme != "discord"), "\(held)")
        #expect(tests.contains { $0[pointer: "/expect/hides"]?.string == "internals" })
    }

    @Test("generates the same files again")
    func deterministic() throws {
        let scheme = try #require(SchemeLibrary.scheme(named: "vaultysclaw"))
        #expect(VectorCheck.staleness(of: Generated.file("vaultysclaw"), named: "x", scheme: scheme) == nil)
    }

    @Test("writes indented text that parses to the same value", arguments: SchemeLibrary.names)
    func roundTrip(scheme: String) throws {
        let file = Generated.file(scheme)
        #expect(try JSON.parse(file).serialized(.pretty) == file)
    }

    static let ofTheFile: [Damage] = [
        Damage("another format", "#/format: expected 1, the only format") { $0.setting("/format", 2) },
        Damage("an unknown member", "#/more: unknown key") { $0.setting("/more", 1) },
        Damage("a member twice", "#/clock: the key appears more than once") {
            .object(($0.members ?? []) + [.init("clock", 1)])
        },
        Damage("no clock", "the key \"clock\" is missing") { $0.setting("/clock", nil) },
        Damage("another name", "#/set/id: the name of the file does not match its set 'github'") {
            $0.setting("/set/id", "github")
        },
        Damage("a wrong count", "#/numberOfTests: says 3, but there are") { $0.setting("/numberOfTests", 3) },
        Damage("an unknown algorithm", "#/signature/algorithm: unknown algorithm 'hmac-sha3'") {
            $0.setting("/signature/algorithm", "hmac-sha3")
        },
        Damage("a template with another place", "#/signature/message: unknown placeholder '{nonce}'") {
            $0.setting("/signature/message", "{nonce}.{body}")
        },
        Damage("another key", "#/secrets/current: the key is not the decoded text") {
            $0.setting("/secrets/current/key", "00")
        },
        Damage("a flag without a note", "test timestamp/future-one-year: the flag E07 is not explained in the notes") {
            $0.setting("/notes/E07", nil)
        },
        Damage("a note without a test", "the notes explain Z99, which no test has") {
            $0.setting("/notes/Z99", $0[pointer: "/notes/E07"])
        },
        Damage("an id twice", "test control/plain: the id appears twice") { file in
            let tests = (file["tests"]?.array ?? []) + [file.test("control/plain")]
            return file.setting("/tests", .array(tests)).setting("/numberOfTests", JSON(tests.count))
        },
        Damage("tests that are no list", "#/tests: expected an array") { $0.setting("/tests", [:]) },
    ]

    static let ofForm: [Damage] = [
        Damage("an unknown level", in: text, "/level: expected one of \"may\", \"should\", \"must\"") {
            $0.setting("/level", "shall")
        },
        Damage(
            "an unknown observation", in: text,
            "/expect/observation: expected one of \"accepted\", \"rejected\", \"either\""
        ) {
            $0.setting("/expect/observation", "acceptable")
        },
        Damage("no expectation", in: text, "the key \"expect\" is missing") { $0.setting("/expect", nil) },
        Damage("a status that is none", in: text, "/expect/statuses/0: expected a status code") {
            $0.setting("/expect/statuses", [99])
        },
        Damage("an answer that holds nothing", in: text, "/expect/holds: expected members of an answer") {
            $0.setting("/expect/holds", [:])
        },
        Damage(
            "a refusal that holds something", in: future, "/expect/holds: only an accepted request can have this answer"
        ) {
            $0.setting("/expect/holds", ["type": 1])
        },
        Damage(
            "an unknown thing to hide", in: future, "/expect/hides: expected one of \"right-signature\", \"internals\""
        ) {
            $0.setting("/expect/hides", "everything")
        },
        Damage("an acceptance that hides something", in: text, "/expect/hides: an accepted request has nothing to hide")
        {
            $0.setting("/expect/hides", "internals")
        },
        Damage("an unknown aspect", in: text, "/mutation/changes/0: unknown aspect") {
            $0.setting("/mutation/changes", ["colour"])
        },
        Damage("an id without a family", in: text, "/id: expected family and name") { $0.setting("/id", "plain") },
        Damage("a header line of one part", in: text, "expected a name and a value") {
            $0.setting("/request/headers", [["Host"]])
        },
        Damage("odd hexadecimal", in: text, "/derived/mac: expected hexadecimal digits") {
            $0.setting("/derived/mac", "abc")
        },
        Damage("loose Base64", in: text, "/request/body/base64: expected Base64 with padding") {
            $0.setting("/request/body", ["base64": "YQ"])
        },
        Damage("a mirror that disagrees", in: text, "/body/text: the text does not match the Base64 beside it") {
            $0.setting("/request/body/text", "{}")
        },
        Damage("a digest that is not of the runs", in: text, "/body: the digest does not match the runs") {
            $0.setting("/request/body", ["length": 1, "sha256": .string(sha256OfNothing), "runs": [["YQ==", 1]]])
        },
        Damage("a length that is not of the runs", in: text, "/body/runs: the runs have 1 bytes, not 2") {
            $0.setting("/request/body", ["length": 2, "sha256": .string(sha256OfNothing), "runs": [["YQ==", 1]]])
        },
        Damage("runs without end", in: text, "/body/runs/0: expected a count of at least 1, and") {
            let runs: JSON = [["YQ==", 9_000_000_000_000_000_000]]
            return $0.setting("/request/body", ["length": 2, "sha256": .string(sha256OfNothing), "runs": runs])
        },
    ]

    static let ofRules: [Damage] = [
        Damage("a control that is not there", in: text, "its control 'control/none' is not in the file") {
            $0.setting("/control", "control/none")
        },
        Damage("a control that is refused", in: text, "is not expected to be accepted") {
            $0.setting("/control", .string(future))
        },
        Damage("a wrong MAC", in: text, "the MAC of the probe does not match its message: expected ") {
            $0.setting("/derived/mac", .string(String(repeating: "00", count: 32)))
        },
        Damage("a wrong MAC of an inline control", in: text, "the MAC of the control does not match its message") {
            let signed: JSON = ["request": $0["request"] ?? .null, "derived": $0["derived"] ?? .null]
            return $0.setting("/control", signed.setting("/derived/mac", "00"))
        },
        Damage("an accepted probe without its MAC", in: text, "must be accepted, but does not carry the MAC") {
            $0.settingHeader(header) { String($0.dropLast()) + ($0.hasSuffix("0") ? "1" : "0") }
        },
        Damage("an accepted probe over another message", in: text, "is not what the template yields for the request") {
            $0.setting("/request/body", base64("{}"))
        },
        Damage("a refused probe that is right", in: text, "rejected for its signature, but carries the correct one") {
            $0.setting("/expect/observation", "rejected")
        },
        Damage("a difference that is not named", in: text, "aspects that the mutation does not name: target") {
            $0.setting("/request/path", "/elsewhere")
        },
        Damage("a header that is not named", in: text, "aspects that the mutation does not name: other headers") {
            $0.settingHeader("User-Agent") { $0 + "/2" }
        },
        Damage("a name that is not a difference", in: text, "do not differ in aspects that the mutation names: method")
        {
            $0.setting("/mutation/changes", ["method", "body", "signed message", "signature header"])
        },
        Damage("a timestamp that is not named", in: future, "aspects that the mutation does not name: timestamp") {
            $0.setting("/mutation/changes", ["signed message", "signature header"])
        },
    ]

    @Test("finds each kind of damage", arguments: ofTheFile + ofForm + ofRules)
    func damage(damage: Damage) throws {
        let file = damage.damage(Self.sound).serialized(.pretty)
        let found = VectorCheck.problems(in: file, named: Self.name).map(\.description)
        #expect(found.contains { $0.hasPrefix(Self.name) && $0.contains(damage.problem) }, "\(found)")
    }

    @Test("lets the form of a test be wrong without blaming the others")
    func oneWrong() throws {
        let damage = Self.ofForm[0]
        let found = VectorCheck.problems(in: damage.damage(Self.sound).serialized(), named: Self.name)
        #expect(found.count == 1)
    }

    @Test("takes an inline control, and a body known by its digest or its runs")
    func otherForms() throws {
        let sound = Self.sound
        let plain = sound.test("control/plain")
        let inline: JSON = ["request": plain["request"] ?? .null, "derived": plain["derived"] ?? .null]
        let body = try #require(plain[pointer: "/request/body/base64"]?.string)
        let bytes = try #require(Base64.decode(body.utf8))
        let digest = try Tool.python(
            "import sys,hashlib;print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())", bytes)
        let forms: [JSON] = [
            ["length": JSON(bytes.count), "sha256": .string(digest)],
            ["length": JSON(bytes.count), "sha256": .string(digest), "runs": [[.string(body), 1]]],
        ]
        for form in forms {
            let edit = Damage("", in: "control/again", "") {
                $0.setting("/control", inline.setting("/request/body", form)).setting(
                    "/mutation/changes", form["runs"] == nil ? ["body"] : [])
            }
            // The probe of this case differs from the plain request in its id alone, so it is made equal first.
            let again = Damage("", in: "control/again", "") {
                $0.setting("/request", plain["request"]).setting("/derived", plain["derived"])
            }
            let file = edit.damage(again.damage(sound)).serialized(.pretty)
            #expect(VectorCheck.problems(in: file, named: Self.name) == [])
        }
    }

    @Test("locates the first error in a file that is not JSON")
    func notJSON() {
        let found = VectorCheck.problems(in: Array("{\"format\": 1,}".utf8), named: Self.name)
        #expect(
            found.map(\.description).first?.hasPrefix("\(Self.name): not JSON: line 1, column 14") == true, "\(found)")
    }

    @Test("never crashes on damaged files")
    func fuzz() throws {
        let sound = Self.sound.serialized()
        var generator = Scatter(state: 7)
        for _ in 0..<100 {
            var file = sound
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                file[Int.random(in: file.indices, using: &generator)] = UInt8.random(in: 0x20...0x7E, using: &generator)
            }
            _ = VectorCheck.problems(in: file, named: Self.name)
        }
    }

    @Test("names the first test that differs from the generated one")
    func stale() throws {
        let scheme = try #require(SchemeLibrary.scheme(named: "scaiwave"))
        let changed = Damage("", in: Self.text, "") { $0.setting("/title", "Another.") }.damage(Self.whole)
        #expect(
            VectorCheck.staleness(of: changed.serialized(.pretty), named: Self.name, scheme: scheme)?.description
                == "vectors/scaiwave.json: differs from what the catalogue generates, first at test control/text-accents: "
                + "run 'countersign vectors generate'")
        let compact = Self.whole.serialized()
        #expect(
            VectorCheck.staleness(of: compact, named: Self.name, scheme: scheme)?.message
                == "differs from what the catalogue generates: run 'countersign vectors generate'")
        let clock = Self.whole.setting("/clock", 1).serialized(.pretty)
        let found = VectorCheck.staleness(of: clock, named: Self.name, scheme: scheme)
        #expect(found?.message.contains("first at \"clock\"") == true)
        let shorter = Self.whole.setting("/tests", []).serialized(.pretty)
        let first = VectorCheck.staleness(of: shorter, named: Self.name, scheme: scheme)
        #expect(first?.message.contains("first at test control/plain") == true)
    }
}
