import Bytes
import Catalogue
import Foundation
import ReportModel
import Schemes
import Testing

@Suite("The set of requirements")
struct RequirementSetTests {
    static let name = "vectors/requirements.json"
    static let committed = Tool.repository.appending(path: name)

    /// The committed file is the freeze: a required case that changes makes this fail until the version is raised and the
    /// file is written again.
    @Test("matches what was frozen under its version")
    func frozen() throws {
        let file = [UInt8](try Data(contentsOf: Self.committed))
        #expect(RequirementSet.problems(in: file, named: Self.name).map(\.description) == [])
    }

    /// Python picks and digests the tests of the vector files by the words of vectors/README.md.
    @Test("has the digests that Python computes from the vector files")
    func recomputed() throws {
        let program = """
            import hashlib, json, pathlib, sys
            folder = pathlib.Path(sys.argv[1])
            frozen = json.loads((folder / "requirements.json").read_text())
            for scheme, said in frozen["schemes"].items():
                file = json.loads((folder / f"{scheme}.json").read_text())
                tests = [test for test in file["tests"] if test["level"] == "must"]
                text = ""
                for test in tests:
                    members = {key: test[key] for key in ("id", "control", "request", "expect")}
                    text += json.dumps(members, ensure_ascii=False, separators=(",", ":")) + "\\n"
                right = {
                    "numberOfTests": len(tests),
                    "digest": "sha256:" + hashlib.sha256(text.encode()).hexdigest(),
                    "must": [test["id"] for test in tests],
                }
                print(scheme, "ok" if said == right else "differs")
            """
        let result = try Tool.run(["-c", program, Self.committed.deletingLastPathComponent().path])
        #expect(result.status == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines == SchemeLibrary.names.map { "\($0) ok" })
    }

    @Test("keeps to its JSON Schema", .enabled(if: Tool.reasonToSkip(module: "jsonschema") == nil))
    func schema() throws {
        let schema = Tool.repository.appending(path: "vectors/schemas/requirements.schema.json").path
        let result = try Tool.run([Tool.script("validate.py"), schema, Self.committed.path])
        #expect(result.output == "1 files valid\n", "\(result.output)\(result.errors)")
    }

    static let current: JSON = (try? JSON.parse(RequirementSet.bytes())) ?? .null

    static func with(version: Int, _ change: (JSON) -> JSON = { $0 }) -> [UInt8] {
        change(current).replacing(pointer: "/version", with: JSON(version)).serialized(.pretty)
    }

    private static func problems(_ file: [UInt8]) -> String {
        RequirementSet.problems(in: file, named: name).map(\.description).joined(separator: "\n")
    }

    @Test("a case that comes, goes or changes needs another version")
    func changes() {
        let version = RequirementSet.version
        let must = Self.current[pointer: "/schemes/slack/must"]?.array ?? []
        let remedy = "version \(version) is frozen, so raise RequirementSet.version, or undo the change"
        let came = Self.with(version: version) {
            $0.replacing(pointer: "/schemes/slack/must", with: .array(Array(must.dropFirst())))
        }
        #expect(
            Self.problems(came)
                == "\(Self.name): slack: 1 cases are newly required, first \(must[0].string ?? ""): \(remedy)")
        let went = Self.with(version: version) {
            $0.replacing(pointer: "/schemes/slack/must", with: .array(must + ["control/that-was"]))
        }
        #expect(Self.problems(went).contains("slack: 1 cases are no longer required, first control/that-was"))
        let changed = Self.with(version: version) { $0.replacing(pointer: "/schemes/slack/digest", with: "sha256:00") }
        #expect(Self.problems(changed).contains("slack: a required case sends or expects something else: \(remedy)"))
        let scheme = Self.with(version: version) { $0.replacing(pointer: "/schemes/slack", with: nil) }
        #expect(Self.problems(scheme).contains("the scheme slack was added"))
        for file in [came, went, changed, scheme] { #expect(!RequirementSet.mayReplace(file)) }
    }

    @Test("is written again only under a later version")
    func versions() {
        #expect(Self.problems(RequirementSet.bytes()) == "")
        #expect(RequirementSet.mayReplace(RequirementSet.bytes()))
        let older = Self.with(version: RequirementSet.version - 1)
        #expect(RequirementSet.mayReplace(older))
        #expect(Self.problems(older).hasSuffix("run 'countersign vectors generate'"))
        #expect(!RequirementSet.mayReplace(Self.with(version: RequirementSet.version + 1)))
        #expect(Self.problems(Array("nonsense".utf8)).contains("not a set of requirements"))
        #expect(RequirementSet.mayReplace(Array("nonsense".utf8)))
    }

    @Test("freezes what the schemes' documents say, not recommendations", arguments: SchemeLibrary.names)
    func levels(name: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: name))
        let must = (Self.current[pointer: "/schemes/\(scheme.id)/must"]?.array ?? []).compactMap(\.string)
        #expect(must.first == "control/plain")
        for id in must { #expect(Catalogue.named(id)?.level(in: scheme) == .must, "\(id)") }
    }
}
