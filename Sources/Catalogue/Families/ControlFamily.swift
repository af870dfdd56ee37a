internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

/// Valid requests in the shapes that real senders use. An endpoint that rejects one of them loses real deliveries.
enum ControlFamily {
    static let cases: [Case] = plain + signatures + headers + contentTypes + clocks + texts + members

    private static let plain: [Case] = [
        Case(
            "control/plain", .must, .signature, .high, covers: [], cwe: [], changes: .nothing,
            "A valid request is accepted.",
            why: "An endpoint that rejects everything proves nothing by rejecting forgeries.",
            fix: "Compare your recipe with the document's, step by step: 'countersign explain control/plain' shows "
                + "each one.",
            expect: .acceptedAsDocumented, profile: .smoke,
            keptFor: .interop("every other verdict depends on it")
        ) { _ in },
        Case(
            "control/again", .must, .signature, .medium, covers: [], cwe: [], needs: [.eventID], changes: .nothing,
            "A second valid request with another id is accepted.",
            why: "An endpoint that accepts once and then rejects is locked, or remembers too much.",
            fix: "Recognise duplicates by their id, not by the sender, the second or the path.",
            expect: .accepted, keptFor: .interop("distinguishes a stuck endpoint from a sound one")
        ) { _ in },
        Case(
            "control/steady", .must, .signature, .critical, covers: [], cwe: [347], changes: .nothing,
            "A request's verdict follows from the request: valid ones are accepted each time, wrong signatures never.",
            why: "An endpoint whose verdicts come and go verifies nothing, or loses deliveries at random, and no other "
                + "verdict about it counts.",
            fix:
                "Look at the request that was sent, and find what else decides: a parser that fails on some signatures, "
                + "a second server with another configuration, a state that one request leaves for the next.",
            expect: .accepted, profile: .smoke, keptFor: .interop("every other verdict depends on it")
        ) { _ in },
        Case(
            "control/event-id-of-mixed-case", .must, .message, .medium, covers: ["D21"], cwe: [178], needs: [.eventID],
            changes: [.eventID, .message, .signature],
            "A valid request whose id has upper-case and lower-case letters is accepted.",
            why: "An endpoint that folds the case of what it hashes rejects every sender whose ids have upper-case "
                + "letters.",
            fix: "Hash the id exactly as received, and compare ids byte for byte.", expect: .accepted
        ) { draft in
            let id = draft.context.eventID
            switch draft.context.scheme.eventIDForm {
            case .text: draft.eventID = bytes("MiXeD-\(id)-CaSe")
            case .uuid:
                draft.eventID = id.utf8.enumerated().map {
                    $0.offset.isMultiple(of: 2) ? ASCII.uppercased($0.element) : $0.element
                }
            }
        },
    ]

    /// Signatures with a form that only some valid requests have: found by changing the text until it comes up.
    private static let signatures: [Case] = [
        SpecialSignature("begins-with-zero", "begins with 0", .hex, covers: ["B16"]) { $0.starts(with: bytes("0")) },
        SpecialSignature("begins-with-zeros", "begins with 00", .hex, covers: ["B16"], profile: .audit) {
            $0.starts(with: bytes("00"))
        },
        SpecialSignature("holds-plus", "holds a plus sign", .base64, covers: ["B17"]) {
            $0.contains(UInt8(ascii: "+")) && !$0.contains(UInt8(ascii: "/"))
        },
        SpecialSignature("holds-slash", "holds a slash", .base64, covers: ["B17"]) {
            $0.contains(UInt8(ascii: "/")) && !$0.contains(UInt8(ascii: "+"))
        },
        SpecialSignature("holds-hyphen", "holds a hyphen", .base64url, covers: ["B17"]) {
            $0.contains(UInt8(ascii: "-"))
        },
        SpecialSignature("holds-underscore", "holds an underscore", .base64url, covers: ["B17"]) {
            $0.contains(UInt8(ascii: "_"))
        },
    ].map { special in
        Case(
            "control/signature-\(special.name)", .must, .signature, .high, covers: special.covers, cwe: [704, 838],
            needs: [.hmac, .not(.token), .json, .signedBody, .encoding(special.encoding)], changes: .signedBody,
            "A valid request whose signature \(special.title) is accepted.",
            why:
                "A signature is text for random bytes, so every form of it comes up. An endpoint that loses one on the way "
                + "in rejects valid deliveries at random.",
            fix:
                "Compare the signature as bytes, and take it from the header as it is: no conversion to a number, no form "
                + "decoding, the documented Base64 alphabet.",
            expect: .accepted, profile: special.profile,
            keptFor: .interop("one valid request in many has such a signature")
        ) { $0.sayUntilSignature(special.isRight) }
    }

    private struct SpecialSignature {
        let name: String
        let title: String
        let encoding: SignatureEncoding
        let covers: [String]
        let profile: Profile
        let isRight: @Sendable ([UInt8]) -> Bool

        init(
            _ name: String, _ title: String, _ encoding: SignatureEncoding, covers: [String],
            profile: Profile = .standard, isRight: @escaping @Sendable ([UInt8]) -> Bool
        ) {
            (self.name, self.title, self.encoding, self.covers) = (name, title, encoding, covers)
            (self.profile, self.isRight) = (profile, isRight)
        }
    }

    private static let headers: [Case] = [
        headerNames("lower", ASCII.lowercased), headerNames("upper", ASCII.uppercased),
        Case(
            "control/headers-in-reverse-order", .must, .transport, .low, covers: [], cwe: [436], changes: .nothing,
            "A valid request whose headers are in another order is accepted.",
            why: "The order of headers with different names has no meaning (RFC 9110 §5.3), and proxies change it.",
            fix: "Look up headers by name, never by position.", expect: .accepted,
            keptFor: .interop("proxies sort and regroup headers")
        ) { draft in draft.onTheWire { $0.headers.fields.reverse() } },
        Case(
            "control/headers-of-a-proxy", .must, .transport, .low, covers: ["K08"], cwe: [436], changes: .headers,
            "A valid request with proxy and tracing headers is accepted.",
            why: "Proxies between sender and endpoint add such headers to every delivery.",
            fix: "Ignore headers that the scheme does not name.", expect: .accepted
        ) { draft in
            draft.addHeader("Accept-Encoding", "gzip, deflate, br")
            draft.addHeader("Via", "1.1 proxy.example")
            draft.addHeader("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            draft.addHeader("X-Request-Id", "4bf92f35-77b3-4da6-a3ce-929d0e0e4736")
        },
    ]

    private static func headerNames(_ name: String, _ fold: @escaping @Sendable (UInt8) -> UInt8) -> Case {
        Case(
            "control/header-names-\(name)-case", .must, .transport, .medium, covers: ["G07"], cwe: [178],
            changes: [.signature, .timestamp, .eventID, .credential, .contentType, .headers],
            "A valid request whose header names are \(name) case is accepted.",
            why: "Header names are case-insensitive (RFC 9110 §5.1), and HTTP/2 gateways send them in lower case.",
            fix: "Look up headers case-insensitively.", expect: .accepted
        ) { draft in
            draft.onTheWire { request in
                request.headers.fields = request.headers.fields.map {
                    HeaderField(name: $0.name.map(fold), value: $0.value)
                }
            }
        }
    }

    /// JSON media types in every form that RFC 9110 §8.3.1 allows.
    private static let contentTypes: [Case] = [
        ("plain", "application/json", Level.must),
        ("charset", "application/json; charset=utf-8", .must),
        ("charset-without-space", "application/json;charset=UTF-8", .must),
        ("quoted-charset", #"application/json; charset="utf-8""#, .should),
        ("upper-case", "Application/JSON", .should),
    ].map { name, value, ceiling in
        Case(
            "control/content-type-\(name)", ceiling, .transport, .medium, covers: ["D06"], cwe: [436],
            needs: [.json, .not(.contentType(value))], changes: .contentType,
            "A valid request with the content type \(value) is accepted.",
            why: "Middleware that keeps the raw body only for an exact content type leaves nothing to verify, and the "
                + "delivery is rejected.",
            fix: "Keep the raw body whatever the content type.", expect: .accepted
        ) { $0.contentType = Array(value.utf8) }
    }

    /// Senders' clocks drift, and requests wait in queues.
    private static let clocks: [Case] = [
        ("5-seconds-ahead", Int64(5), Topic.future, Level.must, "E13"), ("30-seconds-ahead", 30, .future, .must, "E13"),
        ("5-seconds-slow", -5, .freshness, .must, "E13"), ("30-seconds-slow", -30, .freshness, .must, "E13"),
        ("2-minutes-slow", -120, .freshness, .should, "E08"),
        ("290-seconds-slow", -290, .freshness, .should, "E08"),
    ].map { name, seconds, topic, ceiling, entry in
        Case(
            "control/clock-\(name)", ceiling, topic, .medium, covers: [entry], cwe: [1284],
            needs: [.timestamp], changes: .signedTimestamp,
            "A valid request from a sender whose clock is \(name.split(separator: "-").joined(separator: " ")) "
                + "is accepted.",
            why: "Clocks drift and deliveries wait in queues. A window without room on both sides loses deliveries at "
                + "random.",
            fix: "Accept a timestamp up to five minutes from now in either direction.", expect: .accepted
        ) { $0.timestamp = $0.stamp(after: seconds) }
    }

    private static let members: [Case] = [
        Case(
            "control/unknown-member", .should, .payload, .low, covers: [], cwe: [436], needs: [.json],
            changes: .signedBody, "A valid request with a member that the document does not name is accepted.",
            why: "Senders add members without notice. A strict schema turns their next release into an outage.",
            fix: "Ignore members that you do not know.", expect: .accepted,
            keptFor: .interop("senders add members without notice")
        ) { $0.addMember("countersign_extra", ["nested": ["deeper": [1, true, "text"]]]) },
        Case(
            "control/text-empty", .should, .payload, .low, covers: ["D18"], cwe: [755],
            needs: [.json, .not(.refusedEmptyText)], changes: .signedBody,
            "A valid request whose text is empty is accepted or rejected without an error.",
            why: "A message may consist of an attachment only. If the endpoint fails on it, the sender keeps retrying "
                + "the same event.",
            fix: "Treat an empty text like any other, or reject it with a 4xx status.", expect: .either
        ) { draft in
            draft.payload = draft.payload.replacing(pointer: draft.context.payload.textPointer, with: "")
        },
    ]

    private static let texts: [Case] = specialTexts.map { special in
        Case(
            "control/text-\(special.name)", special.ceiling, .rawBody, .medium, covers: special.covers,
            cwe: [176, 436],
            needs: [.json], changes: .signedBody, "A valid request whose text contains \(special.title) is accepted.",
            why: "The signature covers the bytes that were sent. An endpoint that decodes and re-encodes them first "
                + "computes a different signature, and loses every message with such characters.",
            fix: "Hash the raw bytes of the body, before you parse, decode or normalise it.", expect: .accepted,
            keptFor: special.covers.isEmpty ? .interop("people paste such texts") : nil
        ) { $0.say(special.text) }
    }

    private struct SpecialText {
        let name: String
        let title: String
        let text: String
        let covers: [String]
        let ceiling: Level

        init(_ name: String, _ title: String, _ text: String, covers: [String], ceiling: Level = .must) {
            self.name = name
            self.title = title
            self.text = text
            self.covers = covers
            self.ceiling = ceiling
        }
    }

    private static let specialTexts = [
        SpecialText("accents", "accented letters", "café naïve Ünïcödé", covers: ["D08"]),
        SpecialText("emoji", "emoji", "ok 👍🏽 👩‍💻", covers: ["D08"]),
        SpecialText("cjk", "Chinese, Japanese and Korean", "署名 サイン 서명", covers: ["D08"]),
        SpecialText("combining", "a combining accent", "cafe\u{301}", covers: ["D08"]),
        SpecialText("line-separator", "U+2028", "a\u{2028}b", covers: ["D08"]),
        SpecialText("right-to-left", "Arabic and Hebrew", "توقيع חתימה", covers: ["D08"]),
        SpecialText("zero-width", "zero-width characters", "a\u{200B}b\u{FEFF}c\u{200D}d", covers: ["D08"]),
        SpecialText("last-of-unicode", "characters beyond U+FFFF", "𝒳 \u{10FFFD}", covers: ["D08"]),
        SpecialText("html", "characters that HTML escapes", "<b>&'</b>", covers: ["D14"]),
        SpecialText("slash", "slashes", "a/b//c", covers: ["D14"]),
        SpecialText("backslash", "backslashes and quotes", #"a\b "c""#, covers: ["D14"]),
        SpecialText("newlines", "line breaks and tabs", "a\nb\r\nc\td", covers: ["D10"]),
        SpecialText("percent", "percent and plus signs", "100%25 a+b %s %n", covers: ["D19"]),
        SpecialText("template", "template placeholders", "{{text}} ${text} {0} <%= text %>", covers: []),
        SpecialText(
            "long", "64 KiB", String(repeating: "0123456789abcde ", count: 4096), covers: [], ceiling: .should),
    ]
}

extension Draft {
    /// Numbers the text until the text of the signature has a form; the same draft ends with the same number.
    fileprivate mutating func sayUntilSignature(_ isRight: ([UInt8]) -> Bool) {
        for number in 1...10_000 {
            say(String(number))
            if isRight(encoding.encode(algorithm.sign(message, key: key))) { return }
        }
    }
}
