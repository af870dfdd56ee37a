import Bytes
import Foundation
import Schemes
import Testing

@Suite("Built-in schemes")
struct SchemeLibraryTests {
    @Test("reads every file without a mistake", arguments: SchemeLibrary.names)
    func reads(name: String) throws {
        let text = try #require(SchemeLibrary.text(of: name))
        let scheme = try Scheme.read(text)
        #expect(scheme.id == name)
        #expect(!scheme.clauses(on: .signature).isEmpty)
    }

    @Test("carries every definition in the folder")
    func complete() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Schemes/Definitions").standardizedFileURL
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(files) == Set(SchemeLibrary.names.map { "\($0).json" }))
        for name in SchemeLibrary.names {
            let data = try Data(contentsOf: folder.appending(path: "\(name).json"))
            #expect(SchemeLibrary.text(of: name) == [UInt8](data))
        }
    }

    @Test(
        "warns of what a recipe can't do",
        arguments: [
            ("bridge-events", "nothing separates two values"), ("vaultysclaw", "no timestamp is signed"),
            ("github", "the id is not signed"),
        ])
    func weaknesses(name: String, expected: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: name))
        #expect(scheme.weaknesses().contains { $0.reason.contains(expected) })
    }

    @Test("finds no weakness in Standard Webhooks")
    func sound() throws {
        #expect(try #require(SchemeLibrary.scheme(named: "standard-webhooks")).weaknesses().isEmpty)
    }
}

@Suite("A scheme file with mistakes")
struct SchemeMistakesTests {
    private func problems(_ edit: (JSON) -> JSON) throws -> [String] {
        let text = try #require(SchemeLibrary.text(of: "scaiwave"))
        let edited = edit(try JSON.parse(text))
        let result = Result { try Scheme.read(edited.serialized()) }
        guard case .failure(let error) = result else { return [] }
        return try #require(error as? Scheme.Mistakes).problems.map(\.description)
    }

    @Test(
        "names the place and the expected value",
        arguments: [
            (
                "/signature/encoding", "rot13" as JSON,
                #"/signature/encoding: expected one of "hex", "base64", "base64url""#
            ),
            (
                "/signature/message", "{time}.{body}",
                "/signature/message: unknown placeholder '{time}'; the placeholders are {timestamp}, {id}, {body}, {method}, {target}, {token-header}, {token-claims}"
            ),
            ("/signature/message", "{timestamp", "/signature/message: a '{' without its '}'"),
            ("/signature/header", "X Signature", "/signature/header: expected a header name, such as X-Signature"),
            (
                "/signature/grammar/kind", "list",
                #"/signature/grammar/separator: does not belong to a grammar of kind "list""#
            ),
            ("/freshness/past", -1, "/freshness/past: expected a whole number from 1 to 31536000"),
            ("/freshness/past", "300", "/freshness/past: expected a whole number from 1 to 31536000"),
            ("/format", 2, "/format: expected a whole number from 1 to 1"),
            ("/id", "Scai Wave", "/id: expected lower-case letters, digits and hyphens, such as my-service"),
            ("/eventID", ["pointer": "event_id"], "/eventID/pointer: expected a JSON pointer, such as /event_id"),
            (
                "/eventID", ["pointer": "/nowhere"],
                "/payloads/0/template: has no string at /nowhere, where \"eventID\" looks"
            ),
            (
                "/timestamp", nil,
                "/signature/message: signs {timestamp}, but \"timestamp\" does not say where it is"
            ),
            ("/timestamp", ["field": "v1"], "/timestamp/field: the signature is in the same field"),
            ("/signature/algorithm", nil, #"/signature: the key "algorithm" is missing"#),
            (
                "/colour", "red",
                "/colour: unknown key; the keys here are format, id, title, source, signature, timestamp, freshness, eventID, replayWindow, rotation, credentials, responses, payloads, handshakes, administration, delivery, sender, clauses"
            ),
            (
                "/clauses", [],
                "/clauses: expected a clause on the topic \"signature\": what the document says of a bad signature"
            ),
        ] as [(String, JSON?, String)])
    func mistake(pointer: String, value: JSON?, expected: String) throws {
        #expect(try problems { $0.replacing(pointer: pointer, with: value) }.contains(expected))
    }

    @Test("reports every mistake at once")
    func several() throws {
        let found = try problems {
            $0.replacing(pointer: "/signature/encoding", with: "x").replacing(pointer: "/freshness/past", with: 0)
        }
        #expect(found.count == 2)
    }

    @Test("locates the error in text that is not JSON")
    func syntax() {
        #expect {
            try Scheme.read(Array("{\n  \"id\": \"x\",\n}".utf8))
        } throws: { "\($0)" == "not JSON: line 3, column 1: expected a key in double quotes" }
    }
}
