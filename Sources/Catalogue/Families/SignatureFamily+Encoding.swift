internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes

// Texts that do not encode a signature, and other encodings of the correct one.
extension SignatureFamily {
    private static let robustFix =
        "Check the length and alphabet of the text first, and treat anything that does not decode as a wrong signature."

    // MARK: Lengths

    static let lengths: [Case] =
        [2, 3, 62, 63, 64, 65, 66, 128, 4096].map { wrong($0, of: "a", "digits", .hex) }
        + [2, 3, 43, 44, 45, 48, 88, 4096].map { wrong($0, of: "A", "characters", .base64) }

    private static func wrong(
        _ count: Int, of character: Unicode.Scalar, _ unit: String, _ encoding: SignatureEncoding
    ) -> Case {
        Case(
            "signature/wrong-\(count)-\(unit)", .must, .signature, .medium, covers: ["B02"], cwe: [248, 755],
            needs: [.encoding(encoding)], changes: .signature,
            "A request whose signature is \(count) times \(character) is rejected.",
            why: "On several platforms, constant-time comparison throws or aborts on unequal lengths. One header from "
                + "an attacker then causes a 500 or ends the process.",
            fix: "Reject any other length before you compare.", expect: .rejected,
            profile: count == 3 ? .smoke : .standard
        ) { draft in
            draft.editSignature { _ in [UInt8](repeating: UInt8(truncatingIfNeeded: character.value), count: count) }
        }
    }

    // MARK: No encoding at all

    private static let words: [(name: String, text: String)] = [
        ("zz", "zz"), ("nothex", "nothex"), ("null", "null"), ("undefined", "undefined"), ("none", "None"),
        ("true", "true"), ("zero", "0"), ("star", "*"), ("percent", "%"), ("quotes", "\"\""), ("brackets", "[]"),
        ("braces", "{}"), ("equals", "===="),
    ]

    static let notEncoded: [Case] =
        [
            notEncoded("no-digits", "is z throughout", ["B04", "B06"], [.encoding(.hex)]) {
                [UInt8](repeating: UInt8(ascii: "z"), count: $0.count)
            },
            notEncoded("no-characters", "is ! throughout", ["B04", "B06"], [.encoding(.base64)]) {
                [UInt8](repeating: UInt8(ascii: "!"), count: $0.count)
            },
            notEncoded(
                "last-digits-not-hex", "ends in letters that are not hexadecimal digits", ["B04", "B18"],
                [.encoding(.hex)]
            ) {
                $0.dropLast(2) + bytes("zz")
            },
            notEncoded(
                "first-digits-not-hex", "begins with letters that are not hexadecimal digits", ["B04", "B18"],
                [.encoding(.hex)]
            ) {
                bytes("zz") + $0.dropFirst(2)
            },
            notEncoded(
                "last-characters-foreign", "ends in characters outside the alphabet", ["B04", "B18"],
                [.encoding(.base64)]
            ) {
                $0.dropLast(4) + bytes("!!!!")
            },
            notEncoded(
                "first-characters-foreign", "begins with characters outside the alphabet", ["B04", "B18"],
                [.encoding(.base64)]
            ) {
                bytes("!!!!") + $0.dropFirst(4)
            },
        ]
        + words.map { word in
            notEncoded("word-\(word.name)", "is \(word.text)", ["B06"], []) { _ in bytes(word.text) }
        }

    private static func notEncoded(
        _ name: String, _ title: String, _ covers: [String], _ needs: [Requirement],
        text: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Case {
        Case(
            "signature/\(name)", .must, .signature, .medium, covers: covers, cwe: [248, 697], needs: needs,
            changes: .signature, "A request whose signature \(title) is rejected.",
            why: "A decoder that returns an empty value for a text it can't read makes the comparison throw, or makes "
                + "two empty values equal.",
            fix: robustFix, expect: .rejected
        ) { $0.editSignature(text) }
    }

    // MARK: Bytes outside ASCII

    private static let foreignBytes: [(name: String, title: String, bytes: [UInt8])] = [
        ("e9", "the byte E9", [0xE9]), ("ff", "the byte FF", [0xFF]),
        ("utf8", "a two-byte letter in UTF-8", [0xC3, 0xA9]),
        ("emoji", "a four-byte emoji in UTF-8", [0xF0, 0x9F, 0x91, 0x8D]),
    ]

    static let outsideASCII: [Case] =
        foreignBytes.flatMap { given in
            [
                foreign("alone-\(given.name)", "is only \(given.title)", ["B05"]) { _ in given.bytes },
                foreign("first-\(given.name)", "begins with \(given.title)", ["B03", "B05"]) {
                    given.bytes + $0.dropFirst()
                },
                // A decoder that stops there still reads the correct signature.
                foreign("after-\(given.name)", "is followed by \(given.title)", ["B05", "B07"], decodes: true) {
                    $0 + given.bytes
                },
            ]
        } + [
            foreign("throughout-e9", "is the byte E9 throughout", ["B03", "B05"], profile: .smoke) {
                [UInt8](repeating: 0xE9, count: $0.count)
            },
            Case(
                "signature/timestamp-byte-e9", .should, .timestamp, .medium, covers: ["B05"], cwe: [248, 703],
                needs: [.timestamp], changes: .signedTimestamp,
                "A request whose signed timestamp ends in the byte E9 is rejected.", why: foreignWhy,
                fix: "Parse the timestamp from bytes, as ASCII digits only.", expect: .rejected
            ) { $0.timestamp += [0xE9] },
            Case(
                "signature/timestamp-byte-ff", .should, .timestamp, .medium, covers: ["B05"], cwe: [248, 703],
                needs: [.timestamp], changes: .signedTimestamp,
                "A request whose signed timestamp begins with the byte FF is rejected.", why: foreignWhy,
                fix: "Parse the timestamp from bytes, as ASCII digits only.", expect: .rejected
            ) { $0.timestamp = [0xFF] + $0.timestamp },
        ]

    private static let foreignWhy =
        "Many servers decode headers as Latin-1, and text comparisons throw on anything but ASCII. One byte from "
        + "an attacker causes a 500, or counts as one character where two bytes are compared."

    private static func foreign(
        _ name: String, _ title: String, _ covers: [String], decodes: Bool = false, profile: Profile = .standard,
        text: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Case {
        Case(
            "signature/non-ascii-\(name)", decodes ? .should : .must, decodes ? .grammar : .signature, .medium,
            covers: covers, cwe: [248, 703, 131],
            changes: .signature, "A request whose signature \(title) is rejected.", why: foreignWhy,
            fix: "Compare bytes, not text, and check the alphabet first.", expect: .rejected, profile: profile
        ) { $0.editSignature(text) }
    }

    // MARK: Other encodings of the correct signature

    static let otherEncodings: [Case] =
        [
            letterCase("upper-case") { $0.map(ASCII.uppercased) },
            letterCase("mixed-case") { text in
                text.enumerated().map { $0.offset.isMultiple(of: 2) ? ASCII.uppercased($0.element) : $0.element }
            },
            otherEncoding("in-base64", "in Base64", [.encoding(.hex)]) { Base64.encode($0) },
            otherEncoding("in-base64url", "in URL-safe Base64", [.encoding(.hex)]) {
                Base64.encode($0, alphabet: .url)
            },
            otherEncoding("in-hex", "in hexadecimal", [.encoding(.base64)]) { Hex.encode($0) },
            otherEncoding("in-base64-of-hex", "in Base64 of its hexadecimal form", []) {
                Base64.encode(Hex.encode($0))
            },
            otherEncoding("in-hex-with-colons", "in hexadecimal with colons", [.encoding(.hex)]) {
                Array($0.map { Hex.encode([$0]) }.joined(separator: bytes(":")))
            },
            otherEncoding("in-hex-with-hyphens", "in upper-case hexadecimal with hyphens", [.encoding(.hex)]) {
                Array($0.map { Hex.encode([$0]).map(ASCII.uppercased) }.joined(separator: bytes("-")))
            },
            otherEncoding("in-hex-after-0x", "in hexadecimal after 0x", [.encoding(.hex)]) {
                bytes("0x") + Hex.encode($0)
            },
        ] + lenientBase64

    private static func otherEncoding(
        _ name: String, _ title: String, _ needs: [Requirement], encode: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Case {
        Case(
            "signature/\(name)", .should, .grammar, .low, covers: ["B10"], cwe: [1286], needs: needs,
            changes: .signature, "The correct signature written \(title) is rejected.",
            why: "A verifier that tries several encodings gives one signature several spellings, and hides that "
                + "sender and receiver disagree.",
            fix: "Decode only the scheme's encoding.", expect: .rejected
        ) { draft in draft.onceSigned { $0.signature = encode($0.mac) } }
    }

    private static func letterCase(_ name: String, text: @escaping @Sendable ([UInt8]) -> [UInt8]) -> Case {
        Case(
            "signature/\(name)", .may, .encoding, .info, covers: ["B09"], cwe: [178], needs: [.encoding(.hex)],
            changes: .signature,
            "The correct signature in \(name.replacing("-", with: " ")) digits is accepted or rejected without an error.",
            why: "A verifier that decodes accepts it; one that compares text does not. A sender that changes the case "
                + "of its digits would lose deliveries.",
            fix: "Decode the digits and compare bytes, or document that only lower case is valid.",
            expect: .either, keptFor: .interop("distinguishes a verifier that decodes from one that compares text")
        ) { $0.editSignature(text) }
    }

    private static let lenientBase64: [Case] = [
        Case(
            "signature/base64-for-addresses", .may, .encoding, .info, covers: ["B10"], cwe: [1286],
            needs: [.encoding(.base64)], changes: .signature,
            "The correct signature in the URL-safe alphabet is accepted or rejected without an error.",
            why: "Some decoders read both alphabets, so a sender that uses the other one works with some receivers "
                + "only.",
            fix: "Decode only the alphabet that the scheme names.", expect: .either,
            keptFor: .interop("shows which alphabets the decoder reads")
        ) { draft in
            draft.onceSigned { parts in
                let url = Base64.encode(parts.mac, alphabet: .url)
                parts.signature = url + [UInt8](repeating: UInt8(ascii: "="), count: (4 - url.count % 4) % 4)
            }
        },
        Case(
            "signature/base64-without-padding", .may, .encoding, .info, covers: ["B10"], cwe: [1286],
            needs: [.encoding(.base64)], changes: .signature,
            "The correct signature without its padding is accepted or rejected without an error.",
            why: "Some decoders do not need padding, so a sender that omits it works with some receivers only.",
            fix: "Require the padding, or document that it is optional.", expect: .either,
            keptFor: .interop("shows whether the decoder needs padding")
        ) { draft in draft.editSignature { text in Array(text.prefix { $0 != UInt8(ascii: "=") }) } },
        Case(
            "signature/base64-spare-bits", .may, .encoding, .low, covers: ["B07"], cwe: [347, 1286],
            needs: [.encoding(.base64), .not(.algorithm(.hmac(.sha384)))], changes: .signature,
            "The correct signature with spare bits set in its last character is rejected.",
            why: "Lenient decoders drop the bits, so one signature has several spellings. That defeats a replay store "
                + "keyed by the signature's text.",
            fix: "Decode strictly (RFC 4648 §3.5), or never use the signature's text as a key.", expect: .rejected
        ) { draft in draft.editSignature(withSpareBits) },
        Case(
            "signature/base64-letter-in-other-case", .must, .signature, .critical, covers: ["B09"], cwe: [178, 347],
            needs: [.encoding(.base64)], changes: .signature,
            "The correct signature with the case of one letter changed is rejected.",
            why: "Case carries information in Base64. An endpoint that folds it compares far less than the signature.",
            fix: "Decode the signature and compare its bytes.", expect: .rejected
        ) { draft in
            draft.editSignature { text in
                var text = text
                if let place = text.firstIndex(where: { ASCII.lowercased($0) != ASCII.uppercased($0) }) {
                    text[place] ^= 0x20
                }
                return text
            }
        },
    ]

    /// Adds one to the last character before the padding, whose lowest bits carry no data.
    private static func withSpareBits(_ text: [UInt8]) -> [UInt8] {
        let alphabet = bytes("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let body = text.prefix { $0 != UInt8(ascii: "=") }
        guard let last = body.last, let value = alphabet.firstIndex(of: last), body.count < text.count else {
            return text
        }
        return body.dropLast() + [alphabet[value | 1]] + text[body.count...]
    }
}
