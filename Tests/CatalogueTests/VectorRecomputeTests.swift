import Bytes
import Catalogue
import Foundation
import ReportModel
import Schemes
import Testing

@Suite("Vector files, seen by Python")
struct VectorRecomputeTests {
    /// Writes every generated file into a directory, and gives their paths.
    private func generate(into directory: URL) throws -> [String] {
        try SchemeLibrary.all.map { scheme in
            let url = directory.appending(path: "\(scheme.id).json")
            try Data(Generated.file(scheme.id)).write(to: url)
            return url.path
        }
    }

    /// How many messages stand in the files, and how many of them only by their digest.
    private func messages() -> (all: Int, unknown: Int) {
        var counts = (all: 0, unknown: 0)
        for scheme in SchemeLibrary.all {
            guard let file = try? JSON.parse(Generated.file(scheme.id)) else { continue }
            for test in file["tests"]?.array ?? [] {
                for signed in [test, test["control"] ?? .null] {
                    guard let message = signed[pointer: "/derived/message"] else { continue }
                    counts.all += 1
                    if message["base64"] == nil, message["runs"] == nil { counts.unknown += 1 }
                }
            }
        }
        return counts
    }

    @Test(
        "recomputes every MAC and re-derives every signed message",
        .enabled(if: Tool.reasonToSkip(module: "cryptography") == nil))
    func recompute() throws {
        let directory = try Tool.temporaryDirectory()
        defer { try? FileManager.default.removeItem(at: directory) }
        let files = try generate(into: directory)
        let result = try Tool.run([Tool.script("recompute.py")] + files)
        let counts = messages()
        let numberOfTests = SchemeLibrary.all.map { Catalogue.cases(for: $0).count { $0.probe != nil } }.reduce(0, +)
        #expect(counts.all >= numberOfTests)
        let summary = "\(counts.all - counts.unknown) MACs recomputed in \(files.count) files"
        #expect(result.output.hasPrefix(summary), "\(result.output)\(result.errors)")
        #expect(result.output.contains(", 0 mismatches"))
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test("notices a MAC, a signature or a message that is wrong", arguments: ["mac", "signature", "body"])
    func noticesDamage(place: String) throws {
        if let reason = Tool.reasonToSkip(module: "hmac") { return print("skipped: \(reason)") }
        let directory = try Tool.temporaryDirectory()
        defer { try? FileManager.default.removeItem(at: directory) }
        let text = String(decoding: Generated.file("github"), as: UTF8.self)
        let pattern: Regex<Substring> =
            switch place {
            case "mac": /"mac": "[0-9a-f]/
            case "signature": /sha256=[0-9a-f]/
            default: /"body": \{\n +"base64": ".../
            }
        let match = try #require(text.firstMatch(of: pattern))
        let last = text.index(before: match.range.upperBound)
        let damaged = text.replacingCharacters(in: last...last, with: text[last] == "0" ? "1" : "0")
        let url = directory.appending(path: "github.json")
        try Data(damaged.utf8).write(to: url)
        let result = try Tool.run([Tool.script("recompute.py"), url.path])
        #expect(result.status == 1)
        #expect(!result.output.contains(", 0 mismatches"), "\(result.output)")
    }

    @Test("keeps to its JSON Schema", .enabled(if: Tool.reasonToSkip(module: "jsonschema") == nil))
    func schema() throws {
        let directory = try Tool.temporaryDirectory()
        defer { try? FileManager.default.removeItem(at: directory) }
        let files = try generate(into: directory)
        let schema = Tool.repository.appending(path: "vectors/schemas/vectors.schema.json").path
        let result = try Tool.run([Tool.script("validate.py"), schema] + files)
        #expect(result.output == "\(files.count) files valid\n", "\(result.output)\(result.errors)")
        #expect(result.status == 0)
    }

    @Test(
        "is refused by its JSON Schema when it is damaged", .enabled(if: Tool.reasonToSkip(module: "jsonschema") == nil)
    )
    func schemaRefuses() throws {
        let directory = try Tool.temporaryDirectory()
        defer { try? FileManager.default.removeItem(at: directory) }
        let sound = try JSON.parse(Generated.file("scaiwave"))
        let damages = [
            sound.replacing(pointer: "/more", with: 1), sound.replacing(pointer: "/format", with: 2),
            sound.replacing(pointer: "/signature/algorithm", with: "rot13"),
            sound.replacing(pointer: "/tests", with: [["id": "control/plain"]]),
            sound.replacing(pointer: "/secrets/current/key", with: "xyz"),
        ]
        let files = try damages.enumerated().map { place, json in
            let url = directory.appending(path: "\(place).json")
            try Data(json.serialized()).write(to: url)
            return url.path
        }
        let schema = Tool.repository.appending(path: "vectors/schemas/vectors.schema.json").path
        let result = try Tool.run([Tool.script("validate.py"), schema] + files)
        #expect(result.status == 1)
        for file in files { #expect(result.output.contains("\(file): "), "\(result.output)") }
    }
}
