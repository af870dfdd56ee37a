internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes

// Texts that are no encoding of a signature, and other encodings of the right one.
extension SignatureFamily {
    private static let robustFix =
        "Check length and alphabet of the text first, and treat what does not decode as a wrong signature."

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
            "A request whose signature is \(count) times \(character) is refused.",
            why: "Comparisons in constant time throw or abort on unequal lengths in several platforms: one line from a "
                + "stranger then ends in a 500, or ends the process.",
            fix: "Refuse another length before the comparison.", expect: .rejected,
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
            notEncoded("last-digits-not-hex", "ends in letters that are no digits", ["B04"], [.encoding(.hex)]) {
                $0.dropLast(2) + bytes("zz")
            },
            notEncoded("first-digits-not-hex", "begins with letters that are no digits", ["B04"], [.encoding(.hex)]) {
                bytes("zz") + $0.dropFirst(2)
            },
            notEncoded("last-characters-foreign", "ends in foreign characters", ["B04"], [.encoding(.base64)]) {
                $0.dropLast(4) + bytes("!!!!")
            },
            notEncoded("first-characters-foreign", "begins with foreign characters", ["B04"], [.encoding(.base64)]) {
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
            changes: .signature, "A request whose signature \(title) is refused.",
            why: "A decoder that gives back nothing for a text it can't read makes the comparison throw, or lets two "
                + "empty values be equal.",
            fix: robustFix, expect: .rejected
        ) { $0.editSignature(text) }
    }

    // MARK: Bytes outside ASCII

    private static let foreignBytes: [(name: String, title: String, bytes: [UInt8])] = [
        ("e9", "the byte E9", [0xE9]), ("ff", "the byte FF", [0xFF]),
        ("utf8", "a letter of two bytes in UTF-8", [0xC3, 0xA9]),
        ("emoji", "an emoji of four bytes in UTF-8", [0xF0, 0x9F, 0x91, 0x8D]),
    ]

    static let outsideASCII: [Case] =
        foreignBytes.flatMap { given in
            [
                foreign("alone-\(given.name)", "is \(given.title) alone", ["B05"]) { _ in given.bytes },
                foreign("first-\(given.name)", "begins with \(given.title)", ["B03", "B05"]) {
                    given.bytes + $0.dropFirst()
                },
                // A decoder that stops there still reads the right signature.
                foreign("behind-\(given.name)", "is followed by \(given.title)", ["B05", "B07"], decodes: true) {
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
                "A request whose signed timestamp ends in the byte E9 is refused.", why: foreignWhy,
                fix: "Read the timestamp as ASCII digits from the bytes.", expect: .rejected
            ) { $0.timestamp += [0xE9] },
            Case(
                "signature/timestamp-byte-ff", .should, .timestamp, .medium, covers: ["B05"], cwe: [248, 703],
                needs: [.timestamp], changes: .signedTimestamp,
                "A request whose signed timestamp begins with the byte FF is refused.", why: foreignWhy,
                fix: "Read the timestamp as ASCII digits from the bytes.", expect: .rejected
            ) { $0.timestamp = [0xFF] + $0.timestamp },
        ]

    private static let foreignWhy =
        "Headers are decoded as Latin-1 by many servers, and comparisons of texts throw on what is not ASCII: one byte "
        + "from a stranger becomes a 500, or counts as one character where two are compared."

    private static func foreign(
        _ name: String, _ title: String, _ covers: [String], decodes: Bool = false, profile: Profile = .standard,
        text: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Case {
        Case(
            "signature/non-ascii-\(name)", decodes ? .should : .must, decodes ? .grammar : .signature, .medium,
            covers: covers, cwe: [248, 703, 131],
            changes: .signature, "A request whose signature \(title) is refused.", why: foreignWhy,
            fix: "Compare bytes, not texts, and check the alphabet before.", expect: .rejected, profile: profile
        ) { $0.editSignature(text) }
    }

    // MARK: Other encodings of the right signature

    static let otherEncodings: [Case] =
        [
            letterCase("upper-case") { $0.map(ASCII.uppercased) },
            letterCase("mixed-case") { text in
                text.enumerated().map { $0.offset.isMultiple(of: 2) ? ASCII.uppercased($0.element) : $0.element }
            },
            otherEncoding("in-base64", "in Base64", [.encoding(.hex)]) { Base64.encode($0) },
            otherEncoding("in-base64url", "in Base64 for addresses", [.encoding(.hex)]) {
                Base64.encode($0, alphabet: .url)
            },
            otherEncoding("in-hex", "in hexadecimal", [.encoding(.base64)]) { Hex.encode($0) },
            otherEncoding("in-base64-of-hex", "in hexadecimal and then in Base64", []) {
                Base64.encode(Hex.encode($0))
            },
            otherEncoding("in-hex-with-colons", "in hexadecimal with colons", [.encoding(.hex)]) {
                Array($0.map { Hex.encode([$0]) }.joined(separator: bytes(":")))
            },
            otherEncoding("in-hex-with-hyphens", "in upper-case hexadecimal with hyphens", [.encoding(.hex)]) {
                Array($0.map { Hex.encode([$0]).map(ASCII.uppercased) }.joined(separator: bytes("-")))
            },
            otherEncoding("in-hex-after-0x", "in hexadecimal behind 0x", [.encoding(.hex)]) {
                bytes("0x") + Hex.encode($0)
            },
        ] + lenientBase64

    private static func otherEncoding(
        _ name: String, _ title: String, _ needs: [Requirement], encode: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Case {
        Case(
            "signature/\(name)", .should, .grammar, .low, covers: ["B10"], cwe: [1286], needs: needs,
            changes: .signature, "The right signature written \(title) is refused.",
            why: "A verifier that tries several encodings gives one signature several texts, and hides that sender and "
                + "receiver disagree.",
            fix: "Read the one encoding of the scheme.", expect: .rejected
        ) { draft in draft.onceSigned { $0.signature = encode($0.mac) } }
    }

    private static func letterCase(_ name: String, text: @escaping @Sendable ([UInt8]) -> [UInt8]) -> Case {
        Case(
            "signature/\(name)", .may, .encoding, .info, covers: ["B09"], cwe: [178], needs: [.encoding(.hex)],
            changes: .signature,
            "The right signature in \(name.replacing("-", with: " ")) digits is accepted or refused, and breaks nothing.",
            why: "A verifier that decodes accepts it, one that compares texts does not; a sender that changes the case "
                + "of its digits would find out the hard way.",
            fix: "Decode the digits and compare bytes, or say in the document that only lower case counts.",
            expect: .either, keptFor: .interop("tells a verifier that decodes from one that compares texts")
        ) { $0.editSignature(text) }
    }

    private static let lenientBase64: [Case] = [
        Case(
            "signature/base64-for-addresses", .may, .encoding, .info, covers: ["B10"], cwe: [1286],
            needs: [.encoding(.base64)], changes: .signature,
            "The right signature in the alphabet for addresses is accepted or refused, and breaks nothing.",
            why: "Some decoders read both alphabets; a sender that uses the other one works with some receivers only.",
            fix: "Read the alphabet that the scheme names.", expect: .either,
            keptFor: .interop("tells which alphabets the decoder reads")
        ) { draft in
            draft.onceSigned { parts in
                let url = Base64.encode(parts.mac, alphabet: .url)
                parts.signature = url + [UInt8](repeating: UInt8(ascii: "="), count: (4 - url.count % 4) % 4)
            }
        },
        Case(
            "signature/base64-without-padding", .may, .encoding, .info, covers: ["B10"], cwe: [1286],
            needs: [.encoding(.base64)], changes: .signature,
            "The right signature without its padding is accepted or refused, and breaks nothing.",
            why: "Some decoders do without padding; a sender that leaves it out works with some receivers only.",
            fix: "Ask for the padding, or say that it may be missing.", expect: .either,
            keptFor: .interop("tells whether the decoder needs padding")
        ) { draft in draft.editSignature { text in Array(text.prefix { $0 != UInt8(ascii: "=") }) } },
        Case(
            "signature/base64-spare-bits", .may, .encoding, .low, covers: ["B07"], cwe: [347, 1286],
            needs: [.encoding(.base64), .not(.algorithm(.hmac(.sha384)))], changes: .signature,
            "The right signature with spare bits set in its last character is refused.",
            why: "The bits are dropped by lenient decoders, so that one signature has several texts; what remembers "
                + "signatures to recognise repeats is fooled.",
            fix: "Decode strictly (RFC 4648 §3.5), or never remember the signature's text.", expect: .rejected
        ) { draft in draft.editSignature(withSpareBits) },
        Case(
            "signature/base64-letter-in-other-case", .must, .signature, .critical, covers: ["B09"], cwe: [178, 347],
            needs: [.encoding(.base64)], changes: .signature,
            "The right signature with the case of one letter changed is refused.",
            why: "In Base64 the case of a letter is part of the value; an endpoint that folds it compares far less "
                + "than the signature.",
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

    /// Adds one to the last character in front of the padding, whose lowest bits stand for nothing.
    private static func withSpareBits(_ text: [UInt8]) -> [UInt8] {
        let alphabet = bytes("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let body = text.prefix { $0 != UInt8(ascii: "=") }
        guard let last = body.last, let value = alphabet.firstIndex(of: last), body.count < text.count else {
            return text
        }
        return body.dropLast() + [alphabet[value | 1]] + text[body.count...]
    }
}
