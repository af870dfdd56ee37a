internal import Bytes
internal import Catalogue
internal import Schemes
internal import Transport

/// Other bytes than those of the body.
enum BodyFlaws {
    static let all: [Flaw] =
        messages + Serialiser.all.map(reserialises) + Serialiser.all.map(acceptsReserialised)

    private static let messages: [Flaw] = [
        Flaw(
            "double-encoded-accepted", covers: ["D03"], needs: [.signedBody, .json],
            caughtBy: ["body/signature-of-json-string"],
            "It also verifies the body encoded as a JSON string.",
            explanation:
                "Your endpoint serialises a body that is already text, and verifies the quoted string instead of the "
                + "bytes that were sent."
        ) { behaviour in
            behaviour.alsoAcceptValues { values in
                var others = values
                others.body = JSON.string(String(decoding: values.body, as: UTF8.self)).serialized()
                return others
            }
        },
        Flaw(
            "object-text-accepted", covers: ["D04"], needs: [.signedBody, .json],
            caughtBy: ["body/signature-of-object-object"],
            "It also verifies the text [object Object] for any body that parses.",
            explanation: "Your endpoint converts a parsed body to a string, so one signature is valid for every body."
        ) { behaviour in
            behaviour.alsoAcceptValues { values in
                guard (try? JSON.parse(values.body)) != nil else { return nil }
                var others = values
                others.body = Array("[object Object]".utf8)
                return others
            }
        },
        Flaw(
            "undefined-text-accepted", covers: ["D05"], needs: [.signedBody],
            caughtBy: ["body/signature-of-undefined"],
            "It also verifies the word undefined in place of the body.",
            explanation:
                "Your endpoint reads a raw body that was never kept and verifies the string undefined, so one "
                + "signature is valid for every body."
        ) { behaviour in
            behaviour.alsoAcceptValues { values in
                var others = values
                others.body = Array("undefined".utf8)
                return others
            }
        },
        Flaw(
            "empty-body-signature-accepted", covers: ["D05", "D18"], needs: [.signedBody], caughtBy: ["body/*"],
            "It also verifies an empty body in place of the real one.",
            explanation: "Your endpoint falls back to an empty body, so one signature is valid for every body."
        ) { behaviour in
            behaviour.alsoAcceptValues { values in
                var others = values
                others.body = []
                return others
            }
        },
        Flaw(
            "hashes-empty-for-other-types", covers: ["D05"], needs: [.signedBody, .json],
            caughtBy: ["body/content-type-*"],
            "It verifies an empty body when the content type is not JSON.",
            explanation:
                "Your endpoint keeps the raw body only for JSON and hashes nothing for other content types, so it "
                + "rejects valid requests and accepts tampered ones."
        ) { behaviour in
            behaviour.changeBody { body, request in
                ReceivedRequest.mediaType(of: request) == "application/json" ? body : []
            }
        },
        Flaw(
            "content-type-exact", covers: ["D06"], needs: [.signedBody, .json],
            caughtBy: ["control/content-type-*"],
            "It keeps the raw body only when the content type is exactly the usual one.",
            explanation:
                "Your endpoint loses the raw body when the content type has another parameter or different case, so it "
                + "rejects valid requests."
        ) { behaviour in
            let usual = behaviour.scheme.payloads[0].contentType
            behaviour.changeBody { body, request in
                request.headers.first(named: "Content-Type")?.elementsEqual(usual.utf8) == true ? body : []
            }
        },
        Flaw(
            "content-type-crashes", covers: ["D05", "D06"], needs: [.json], caughtBy: ["body/content-type-*"],
            "It throws when the content type is not JSON.",
            explanation:
                "Your endpoint has no raw body for other content types and passes the missing value to the hash, which "
                + "throws."
        ) { behaviour in
            behaviour.crash(
                .trace(
                    "TypeError [ERR_INVALID_ARG_TYPE]: The \"data\" argument must be of type string. "
                        + "Received undefined",
                    "Hmac.update (node:internal/crypto/hash:109:11)", "verify (/app/src/hook.js:19:8)")
            ) { $0.mediaType != "application/json" }
        },
        Flaw(
            "charset-crashes", covers: ["D09"], needs: [.json],
            caughtBy: [
                "body/content-type-json-utf-16-decided", "body/content-type-json-utf-16-with-signature-of-nothing",
                "body/utf-16-decided",
            ],
            "It throws when the body does not match its declared charset.",
            explanation:
                "Your endpoint decodes the body with its declared charset, and throws when the bytes don't match."
        ) { behaviour in
            behaviour.crash(
                .traceback("UnicodeDecodeError: 'utf-16-le' codec can't decode byte: truncated data", line: 33)
            ) {
                received in
                let type = String(decoding: received.header("Content-Type") ?? [], as: UTF8.self).lowercased()
                return type.utf8.count > 0 && type.contains("utf-16")
            }
        },
        Flaw(
            "lossy-utf8", covers: ["D07"], needs: [.signedBody],
            caughtBy: ["body/signature-of-replacement-character"],
            "It decodes the body to text before hashing, and replaces invalid UTF-8.",
            explanation:
                "Your endpoint hashes decoded text, in which all invalid bytes look alike, so different bodies share a "
                + "signature."
        ) { $0.changeBody { body, _ in JavaScript.decodedUTF8(body) } },
        Flaw(
            "invalid-utf8-crashes", covers: ["D07"], needs: [.signedBody], caughtBy: ["body/*"],
            "It throws on a body that is not UTF-8.",
            explanation: "Your endpoint decodes the body before it verifies it, and throws when the body is not UTF-8."
        ) { behaviour in
            behaviour.crash(
                .traceback("UnicodeDecodeError: 'utf-8' codec can't decode byte: invalid start byte", line: 30)
            ) {
                String(validating: $0.request.body, as: UTF8.self) == nil
            }
        },
        Flaw(
            "latin1-body", covers: ["D08"], needs: [.signedBody], caughtBy: ["control/text-*", "body/*"],
            "It decodes the body as Latin-1 before hashing.",
            explanation:
                "Your endpoint treats the body as Latin-1, so it rejects every message with an accent or an emoji."
        ) { $0.changeBody { body, _ in Python.reencodedLatin1(body) } },
        Flaw(
            "ascii-body", covers: ["D08"], needs: [.signedBody], caughtBy: ["control/text-*", "body/*"],
            "It encodes the body as ASCII before hashing.",
            explanation:
                "Your endpoint hashes a question mark for each character outside ASCII, so it rejects valid bodies and "
                + "cannot tell such characters apart."
        ) { behaviour in
            behaviour.changeBody { body, _ in
                String(decoding: body, as: UTF8.self).unicodeScalars.map {
                    $0.isASCII ? UInt8($0.value) : UInt8(ascii: "?")
                }
            }
        },
        Flaw(
            "composed-body", covers: ["D08"], needs: [.signedBody],
            caughtBy: ["body/signature-of-composed-accents", "control/text-combining"],
            "It normalises accents to composed form before hashing.",
            explanation:
                "Your endpoint normalises the body's text before hashing, so it rejects senders that use decomposed "
                + "accents."
        ) { behaviour in
            // Enough of NFC to show the flaw: the five accents of Western Europe over ASCII letters.
            let accents: [(mark: String, pairs: [(String, String)])] = [
                ("\u{300}", [("a", "à"), ("e", "è"), ("i", "ì"), ("o", "ò"), ("u", "ù")]),
                ("\u{301}", [("a", "á"), ("e", "é"), ("i", "í"), ("o", "ó"), ("u", "ú"), ("E", "É")]),
                ("\u{302}", [("a", "â"), ("e", "ê"), ("i", "î"), ("o", "ô"), ("u", "û")]),
                ("\u{303}", [("a", "ã"), ("n", "ñ"), ("o", "õ")]),
                (
                    "\u{308}",
                    [
                        ("a", "ä"), ("e", "ë"), ("i", "ï"), ("o", "ö"), ("u", "ü"), ("A", "Ä"), ("O", "Ö"),
                        ("U", "Ü"),
                    ]
                ),
            ]
            let compositions = accents.flatMap { accent in
                accent.pairs.map { (apart: Array(($0.0 + accent.mark).utf8), together: Array($0.1.utf8)) }
            }
            behaviour.changeBody { body, _ in
                var text = body
                for composition in compositions {
                    while let range = ASCII.firstRange(of: composition.apart, in: text) {
                        text.replaceSubrange(range, with: composition.together)
                    }
                }
                return text
            }
        },
        Flaw(
            "byte-order-mark-stripped", covers: ["D09"], needs: [.signedBody], caughtBy: ["body/with-bom"],
            "It strips a byte order mark before hashing the body.",
            explanation:
                "Your endpoint drops the byte order mark when it decodes the body, so two bodies share a signature."
        ) { $0.changeBody { body, _ in body.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(body.dropFirst(3)) : body } },
        Flaw(
            "line-ends-folded", covers: ["D10"], needs: [.signedBody],
            caughtBy: ["body/crlf-accepted", "body/signature-of-lf-for-crlf", "body/trailing-crlf-accepted"],
            "It converts CR LF to LF before hashing the body.",
            explanation:
                "Your endpoint reads the body in text mode, which rewrites newlines, so it rejects valid bodies."
        ) { behaviour in
            behaviour.changeBody { body, _ in
                body.indices.filter { body[$0] != 0x0D || $0 + 1 == body.count || body[$0 + 1] != 0x0A }.map {
                    body[$0]
                }
            }
        },
        Flaw(
            "line-ends-removed", covers: ["D10"], needs: [.signedBody], caughtBy: ["body/*"],
            "It removes newlines before hashing the body.",
            explanation:
                "Your endpoint joins the lines of the body before hashing, so it rejects every body with several lines."
        ) { $0.changeBody { body, _ in body.filter { $0 != 0x0A && $0 != 0x0D } } },
        Flaw(
            "trimmed-body", covers: ["D11"], needs: [.signedBody], caughtBy: ["body/*"],
            "It trims the body before hashing it.",
            explanation:
                "Your endpoint strips whitespace around the body before hashing, so bodies that differ share a "
                + "signature."
        ) { behaviour in
            let isSpace = { @Sendable (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
            behaviour.changeBody { body, _ in
                Array(body.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
            }
        },
        Flaw(
            "stops-at-nul", covers: ["D11"], needs: [.signedBody],
            caughtBy: ["body/with-nul-appended", "body/with-text-after-nul"],
            "It hashes the body only up to the first NUL.",
            explanation:
                "Your endpoint treats the body as a C string and hashes nothing after the first NUL, so the rest can "
                + "be anything."
        ) { $0.changeBody { body, _ in Array(body.prefix { $0 != 0 }) } },
        Flaw(
            "folded-case", covers: ["D21"], needs: [.signedBody], caughtBy: ["body/signature-of-lower-case-body"],
            "It also verifies the body in lower case.",
            explanation: "Your endpoint ignores case in what it hashes, so bodies that differ share a signature."
        ) { behaviour in
            behaviour.alsoAcceptValues { values in
                var others = values
                others.body = values.body.map(ASCII.lowercased)
                return others
            }
        },
        Flaw(
            "lower-case-id", covers: ["D21"], needs: [.eventIDHeader, .timestamp],
            caughtBy: ["control/event-id-of-mixed-case"],
            "It converts the id to lower case before hashing it.",
            explanation:
                "Your endpoint ignores the case of the id that it hashes, so it rejects ids with capital letters."
        ) { $0.changeValues { $0.id = $0.id.map(ASCII.lowercased) } },
        Flaw(
            "base64-body-accepted", covers: ["D20"], needs: [.signedBody], caughtBy: ["body/signature-of-base64"],
            "It also verifies the Base64 form of the body.",
            explanation:
                "Your endpoint verifies the body as a gateway wrapped it, in Base64, instead of only as it was sent."
        ) { behaviour in
            behaviour.alsoAcceptValues { values in
                var others = values
                others.body = Base64.encode(values.body)
                return others
            }
        },
        Flaw(
            "base64-body-decoded", covers: ["D20"], needs: [.signedBody], caughtBy: ["body/as-base64"],
            "It decodes a body that looks like Base64 before it verifies it.",
            explanation:
                "Your endpoint decodes a body that looks like Base64 before it verifies it, so it verifies bytes that "
                + "were never sent."
        ) { $0.changeRequest { request in request.body = Base64.decode(request.body) ?? request.body } },
        Flaw(
            "hashes-empty-when-chunked", covers: ["D17"], needs: [.signedBody], caughtBy: ["transport/*"],
            "It verifies an empty body when the body is chunked.",
            explanation:
                "Your endpoint reads only as many bytes as Content-Length says, and a chunked request has no such "
                + "header, so its body is never verified."
        ) { behaviour in
            behaviour.changeBody { body, request in if case .chunked = request.framing { [] } else { body } }
        },
        Flaw(
            "hashes-first-chunk", covers: ["D17"], needs: [.signedBody],
            caughtBy: [
                "transport/chunked-one-byte", "transport/chunked-seven-bytes",
                "transport/chunked-with-signature-of-first-chunk",
            ],
            "It verifies only the first chunk of a chunked body.",
            explanation:
                "Your endpoint hashes only the first piece that it reads, so the rest of the body can be anything."
        ) { behaviour in
            behaviour.changeBody { body, request in
                if case .chunked(let size) = request.framing { Array(body.prefix(size)) } else { body }
            }
        },
        Flaw(
            "chunked-refused", covers: ["D17"],
            caughtBy: [
                "transport/chunked-one-byte", "transport/chunked-one-chunk", "transport/chunked-seven-bytes",
            ],
            "It rejects chunked bodies.",
            explanation: "Your endpoint requires a Content-Length, so it rejects senders that stream."
        ) { behaviour in
            behaviour.answerFirst { received in
                if case .chunked = received.request.framing {
                    .answer(.problem(411, "length required"))
                } else {
                    nil
                }
            }
        },
        Flaw(
            "empty-body-crashes", covers: ["D18"], caughtBy: ["body/*", "contract/*"],
            "It throws on an empty body.",
            explanation:
                "Your endpoint has no value for an empty body and passes the missing one to the hash, which throws."
        ) { behaviour in
            behaviour.crash(
                .trace(
                    "TypeError [ERR_INVALID_ARG_TYPE]: The \"data\" argument must be of type string. "
                        + "Received undefined",
                    "Hmac.update (node:internal/crypto/hash:109:11)")
            ) { $0.request.body.isEmpty }
        },
        Flaw(
            "empty-body-as-object", covers: ["D18"], needs: [.signedBody], caughtBy: ["body/*"],
            "It hashes an empty object as an empty body.",
            explanation: "Your endpoint can't tell an empty object from an empty body, so it verifies one as the other."
        ) { behaviour in
            behaviour.alsoAcceptValues { values in
                guard values.body.elementsEqual("{}".utf8) else { return nil }
                var others = values
                others.body = []
                return others
            }
        },
        Flaw(
            "unknown-encoding-crashes", covers: ["D16", "J09"], caughtBy: ["body/*", "transport/*"],
            "It throws on a content encoding that it does not support.",
            explanation:
                "Your endpoint looks up the content encoding in a table and throws when it is not there, instead of "
                + "answering 415."
        ) { behaviour in
            behaviour.crash(.traceback("KeyError: no decoder for this content encoding", line: 52)) { received in
                received.header("Content-Encoding").map { !received.isIdentity($0) } ?? false
            }
        },
        Flaw(
            "broken-json-crashes", covers: ["J06", "J09", "D14"], needs: [.json],
            caughtBy: ["contract/*", "body/*"],
            "It throws on a body that is not JSON, signed or not.",
            explanation:
                "Your endpoint parses the body before it verifies it, and nothing catches the error, so anyone can "
                + "make it throw."
        ) { behaviour in
            behaviour.crash(
                .trace(
                    "SyntaxError: Unexpected token in JSON at position 1", "JSON.parse (<anonymous>)",
                    "/app/src/hook.js:9:21")
            ) { $0.json == nil }
        },
        Flaw(
            "odd-json-crashes", covers: ["D12", "D14", "D15", "J09"], needs: [.json],
            caughtBy: ["body/*-decided", "contract/signed-*-decided"],
            "It throws on unusual but valid JSON: duplicate keys, numbers beyond a double, U+0000.",
            explanation: "Your endpoint's parser or database throws on valid JSON that it does not expect."
        ) { behaviour in
            behaviour.crash(.traceback("ValueError: unexpected value", line: 21)) { received in
                guard let json = received.json else { return false }
                let escapes = ["\\u0000", "\\ud83db"]
                return isOdd(json, depth: 0)
                    || escapes.contains { ASCII.firstRange(of: Array($0.utf8), in: received.request.body) != nil }
            }
        },
        Flaw(
            "first-bytes-only", covers: ["D04"], needs: [.signedBody],
            caughtBy: ["body/with-byte-appended", "body/with-newline-appended", "body/with-nul-appended"],
            "It also verifies the body without its last byte.",
            explanation: "Your endpoint leaves the last byte of the body out of the hash, so that byte can be anything."
        ) { behaviour in
            behaviour.alsoAcceptValues { values in
                var others = values
                others.body = Array(values.body.dropLast())
                return others
            }
        },
        Flaw(
            "first-document-only", covers: ["D04", "D15"], needs: [.signedBody, .json],
            caughtBy: ["body/with-document-appended", "body/with-newline-appended"],
            "It verifies only the first line when the whole body does not verify.",
            explanation:
                "Your endpoint reads the body as a stream of documents and verifies only the first, so anything can be "
                + "appended."
        ) { behaviour in
            behaviour.alsoAcceptValues { values in
                guard let end = values.body.firstIndex(of: 0x0A) else { return nil }
                var others = values
                others.body = Array(values.body[..<end])
                return others
            }
            let isUsable = behaviour.isUsable
            behaviour.isUsable = { body, payload in body == nil || isUsable(body, payload) }
        },
    ]

    /// Whether JSON has a duplicate or empty key, a number beyond a double, or very deep nesting.
    private static func isOdd(_ value: JSON, depth: Int) -> Bool {
        if depth > 32 { return true }
        switch value {
        case .number(let text): return Double(text)?.isFinite != true
        case .array(let elements): return elements.contains { isOdd($0, depth: depth + 1) }
        case .object(let members):
            let keys = members.map { Array($0.key.utf8) }
            return Set(keys).count < keys.count || keys.contains { $0.isEmpty || $0.elementsEqual("__proto__".utf8) }
                || members.contains { isOdd($0.value, depth: depth + 1) }
        default: return false
        }
    }

    /// Returns a flaw that parses the body and verifies its reserialised form.
    private static func reserialises(_ serialiser: Serialiser) -> Flaw {
        Flaw(
            "reserialises-\(serialiser.id)", covers: ["D01", "D02", "D12", "D13", "D14"], needs: [.signedBody, .json],
            caughtBy: ["body/*", "control/text-*", "control/plain"], mayRefuseControl: true,
            "It verifies \(serialiser.title) instead of the body as it was sent.",
            explanation:
                "Your endpoint hashes \(serialiser.title) instead of the raw body, so it rejects valid bodies that are "
                + "formatted differently."
        ) { behaviour in
            behaviour.changeBody { body, _ in (try? JSON.parse(body)).map(serialiser.serialise) ?? body }
        }
    }

    /// Returns a flaw that verifies the reserialised body when the body itself does not verify.
    private static func acceptsReserialised(_ serialiser: Serialiser) -> Flaw {
        Flaw(
            "accepts-reserialised-\(serialiser.id)", covers: ["A12", "D02"], needs: [.signedBody, .json],
            caughtBy: ["body/*"],
            "It verifies \(serialiser.title) when the body as it was sent does not verify.",
            explanation: "Your endpoint falls back to \(serialiser.title), so the body can be rewritten in transit."
        ) { behaviour in
            behaviour.alsoAcceptValues { values in
                guard let body = try? JSON.parse(values.body) else { return nil }
                var others = values
                others.body = serialiser.serialise(body)
                return others
            }
        }
    }
}
