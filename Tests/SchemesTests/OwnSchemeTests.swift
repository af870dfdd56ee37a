import Bytes
import Foundation
import Schemes
import Testing

@Suite("A scheme of one's own")
struct OwnSchemeTests {
    private static func json() throws -> JSON {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "own-scheme.json")
        return try JSON.parse([UInt8](Data(contentsOf: file)))
    }

    @Test("has a handshake and an administrative interface, and lint finds nothing in them")
    func reads() throws {
        let scheme = try Scheme.read(Self.json().serialized())
        #expect(scheme.weaknesses() == [])
        let handshake = try #require(scheme.handshake(.challenge))
        #expect(handshake.matches(["kind": "hello", "nonce": "other"]))
        #expect(!handshake.matches(["kind": "bye", "nonce": "other"]) && !handshake.matches(["kind": "hello"]))
        #expect(handshake.answer(to: ["kind": "hello", "nonce": "other"]) == [.init("echo", "other")])
        let administration = try #require(scheme.administration)
        #expect(administration.creation.body(name: "a", secret: "b") == ["label": "a", "key": "b"])
        #expect(administration.calls[.pause]?.path(for: "7") == "/7/stop")
        #expect(administration.has(.call(.rotate)) && !administration.has(.call(.list)))
        #expect(administration.has(.givenSecret) && !administration.has(.issuedSecret))
    }

    @Test("states how a receiver declines further attempts, and what a retry says of itself")
    func delivery() throws {
        let rule = try #require(try Scheme.read(Self.json().serialized()).delivery)
        #expect(rule.optOut?.name == "X-No-Retry" && rule.optOut?.value == "1")
        #expect(rule.retryHeaders.map(\.name) == ["X-Retry"])
        #expect(rule.retryHeaders[0].value(retry: 2) == "2")
    }

    @Test(
        "names the JSON path of what is wrong in the new parts",
        arguments: [
            (
                "/delivery/optOut", ["header": "X No Retry"],
                "/delivery/optOut/header: expected a header name, such as X-Signature"
            ),
            (
                "/delivery/retryHeaders", [["header": "X-Retry", "value": "{retries}"]],
                "/delivery/retryHeaders/0: unknown placeholder '{retries}' in the value; the placeholder is {retry}"
            ),
            (
                "/handshakes/0/aswer", 1, #"/handshakes/0/aswer: unknown key; did you mean "answer"?"#
            ),
            ("/handshakes/0/kind", "dance", #"/handshakes/0/kind: expected one of "challenge", "ping""#),
            ("/handshakes/0/marks", ["/type"], "/handshakes/0/marks/0: the template has no member at /type"),
            ("/handshakes/0/marks", [], "/handshakes/0/marks: expected a pointer to what tells it from other requests"),
            ("/handshakes/0/answer", ["echo": "{/x}"], "/handshakes/0/answer/echo: the template has no string at /x"),
            (
                "/administration/pauze", ["method": "POST"],
                #"/administration/pauze: unknown key; did you mean "pause"?"#
            ),
            (
                "/administration/create/secrt", 1, #"/administration/create/secrt: unknown key; did you mean "secret"?"#
            ),
            (
                "/administration/rotate/bridges", "/x",
                "/administration/rotate/bridges: unknown key; the keys here are method, path, body, status, shows, documented, secret"
            ),
            (
                "/administration/pause/path", "/{bridge}",
                "/administration/pause/path: unknown placeholder '{bridge}'; the placeholder is {id}"
            ),
            ("/administration/pause/path", "/stop", "/administration/pause/path: expected the placeholder {id}"),
            ("/administration/pause/method", "post", "/administration/pause/method: expected a method, such as POST"),
            (
                "/administration/create/required", ["/lable"],
                "/administration/create/required/0: the body has no member at /lable"
            ),
            (
                "/administration/create/secret", ["given": "/label"],
                #"/administration/create/secret/given: expected "{secret}" in the body at /label"#
            ),
            (
                "/administration/create/secret", ["issued": "/key"],
                "/administration/create/body: has the placeholder {secret}, but the endpoint creates the secrets"
            ),
            (
                "/administration/create/body/label", "{nmae}",
                "/administration/create/body: unknown placeholder '{nmae}'; the placeholders are {name}, {secret}"
            ),
            ("/administration/rotate/secret", nil, #"/administration/rotate: the key "secret" is missing"#),
            (
                "/payloads",
                [
                    [
                        "id": "event", "title": "t", "path": "/p", "template": ["id": "{event-id}", "text": "{text}"],
                        "text": "/text", "required": ["/nothing"],
                    ]
                ], "/payloads/0/required/0: the template has no member at /nothing"
            ),
        ] as [(String, JSON?, String)])
    func mistakes(pointer: String, value: JSON?, expected: String) throws {
        // Only objects are replaced through; elements of arrays are here the first ones.
        let damaged = try Self.setting(Self.json(), JSON.steps(of: pointer)[...], value)
        #expect {
            try Scheme.read(damaged.serialized())
        } throws: { ($0 as? Scheme.Mistakes)?.problems.map(\.description).contains(expected) == true }
    }

    private static func setting(_ json: JSON, _ steps: ArraySlice<String>, _ value: JSON?) -> JSON {
        guard let step = steps.first else { return value ?? .null }
        if var elements = json.array, let index = Int(step) {
            elements[index] = setting(elements[index], steps.dropFirst(), value)
            return .array(elements)
        }
        let inner = steps.count == 1 ? value : json[step].map { setting($0, steps.dropFirst(), value) }
        return json.replacing(pointer: "/" + JSON.step(step), with: inner)
    }
}
