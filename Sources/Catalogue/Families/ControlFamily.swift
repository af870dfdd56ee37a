internal import Bytes
internal import Schemes
internal import Transport

/// Valid requests in the shapes that real senders use: an endpoint that refuses one of them loses real deliveries.
enum ControlFamily {
    static let cases: [Case] =
        plain + headers
        + texts.map { text in
            Case(
                "control/text-\(text.name)", .must, .rawBody, .medium, covers: text.covers, cwe: [436],
                needs: [.json], changes: .signedBody, "A valid request whose text holds \(text.title) is accepted.",
                why: "The signature is over the bytes that were sent. An endpoint that decodes and encodes them first "
                    + "computes another one, and loses every message with such characters.",
                fix: "Hash the raw bytes of the body, before any parsing, decoding or normalising.", expect: .accepted
            ) { draft in
                draft.payload = draft.payload.replacing(
                    pointer: draft.context.payload.textPointer, with: .string("\(draft.context.text) \(text.text)"))
            }
        }

    private static let plain: [Case] = [
        Case(
            "control/plain", .must, .signature, .high, covers: [], cwe: [], changes: .nothing,
            "A valid request is accepted.",
            why: "An endpoint that refuses everything passes no test of refusal.",
            fix: "Compare your recipe with the document's, stage by stage: 'countersign explain control/plain' shows "
                + "each one.",
            expect: .acceptedAsDocumented, profile: .smoke,
            keptFor: .interop("every other verdict stands on it")
        ) { _ in },
        Case(
            "control/again", .must, .signature, .medium, covers: [], cwe: [], needs: [.eventID], changes: .nothing,
            "A second valid request with another id is accepted.",
            why: "An endpoint that accepts once and then refuses is locked, or remembers too much.",
            fix: "Recognise repeated deliveries by their id, not by the sender, the second or the path.",
            expect: .accepted, keptFor: .interop("tells a stuck endpoint from a sound one")
        ) { _ in },
    ]

    private static let headers: [Case] = [
        Case(
            "control/header-names-lower-case", .must, .transport, .medium, covers: ["G07"], cwe: [178],
            changes: [.signature, .timestamp, .eventID, .credential, .contentType, .headers],
            "A valid request whose header names are lower case is accepted.",
            why: "Header names have no case (RFC 9110 §5.1), and HTTP/2 gateways send them in lower case.",
            fix: "Look headers up without regard to case.", expect: .accepted
        ) { draft in
            draft.onTheWire { request in
                request.headers.fields = request.headers.fields.map {
                    HeaderField(name: $0.name.map(ASCII.lowercased), value: $0.value)
                }
            }
        },
        Case(
            "control/header-names-upper-case", .must, .transport, .medium, covers: ["G07"], cwe: [178],
            changes: [.signature, .timestamp, .eventID, .credential, .contentType, .headers],
            "A valid request whose header names are upper case is accepted.",
            why: "Header names have no case (RFC 9110 §5.1).", fix: "Look headers up without regard to case.",
            expect: .accepted
        ) { draft in
            draft.onTheWire { request in
                request.headers.fields = request.headers.fields.map {
                    HeaderField(name: $0.name.map(ASCII.uppercased), value: $0.value)
                }
            }
        },
    ]

    private struct SpecialText {
        let name: String
        let title: String
        let text: String
        let covers: [String]

        init(_ name: String, _ title: String, _ text: String, covers: [String]) {
            self.name = name
            self.title = title
            self.text = text
            self.covers = covers
        }
    }

    private static let texts = [
        SpecialText("accents", "accented letters", "café naïve Ünïcödé", covers: ["D08"]),
        SpecialText("emoji", "emoji", "ok 👍🏽 👩‍💻", covers: ["D08"]),
        SpecialText("cjk", "Chinese, Japanese and Korean", "署名 サイン 서명", covers: ["D08"]),
        SpecialText("combining", "a combining accent", "cafe\u{301}", covers: ["D08"]),
        SpecialText("line-separator", "U+2028", "a\u{2028}b", covers: ["D08"]),
        SpecialText("html", "characters that HTML escapes", "<b>&'</b>", covers: ["D14"]),
        SpecialText("slash", "slashes", "a/b//c", covers: ["D14"]),
        SpecialText("backslash", "backslashes and quotes", #"a\b "c""#, covers: ["D14"]),
    ]
}
