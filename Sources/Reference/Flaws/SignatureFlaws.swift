internal import Bytes
internal import Catalogue
internal import Schemes

/// How a signature is read, decoded and compared.
enum SignatureFlaws {
    static let all: [Flaw] = [
        Flaw(
            "prefix-comparison", covers: ["B01"], needs: [.hmac], caughtBy: ["signature/*"],
            "It compares signatures up to the shorter of the two lengths.",
            explanation:
                "Your endpoint compares the signature only as far as both texts reach, so that none at all is enough."
        ) { behaviour in
            behaviour.alsoAcceptSpellings { text, right, scheme in
                zip(text, scheme.signature.encoding.encode(right)).allSatisfy(==)
            }
        },
        Flaw(
            "signature-starts-with", covers: ["B07"], needs: [.hmac], caughtBy: ["signature/*"],
            "It looks only whether the signature starts with the right one.",
            explanation:
                "Your endpoint accepts any text behind the right signature, so that one signature has many spellings."
        ) { behaviour in
            behaviour.alsoAcceptSpellings { text, right, scheme in
                text.starts(with: scheme.signature.encoding.encode(right))
            }
        },
        comparesFirst(4),
        comparesFirst(16),
        skipsByte(0),
        skipsByte(15),
        skipsByte(31),
        Flaw(
            "differences-cancel", covers: ["B01"], needs: [.hmac], caughtBy: ["signature/*"],
            "It adds the differences up with exclusive or, so that two of them cancel out.",
            explanation:
                "Your endpoint's constant-time comparison joins differences with ^ instead of |, and two can cancel."
        ) { behaviour in
            behaviour.alsoAcceptSpellings { text, right, scheme in
                guard let given = scheme.signature.encoding.decode(text), given.count == right.count else {
                    return false
                }
                return zip(given, right).reduce(0) { $0 ^ $1.0 ^ $1.1 } == 0
            }
        },
        Flaw(
            "length-mismatch-crashes", covers: ["B02", "J09"], needs: [.hmac], caughtBy: ["signature/*"],
            "Its process ends on a signature of another length.",
            explanation:
                "Your endpoint hands texts of different lengths to a comparison that throws, and nobody catches it."
        ) { $0.crash(.death) { received in received.signatures.contains { $0.count != received.signatureLength } } },
        Flaw(
            "character-length-crashes", covers: ["B03"], needs: [.hmac],
            caughtBy: ["signature/non-ascii-first-emoji", "signature/non-ascii-first-utf8"],
            "It checks the length of a signature in characters, and compares bytes.",
            explanation:
                "Your endpoint counts characters and compares bytes, so that one accented letter makes it throw."
        ) { behaviour in
            behaviour.crash(
                .trace(
                    "RangeError [ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH]: Input buffers must have the same byte length",
                    "verify (/app/node_modules/webhooks/verify.js:31:20)")
            ) { received in
                received.signatures.contains {
                    $0.count != received.signatureLength
                        && String(decoding: $0, as: UTF8.self).unicodeScalars.count == received.signatureLength
                }
            }
        },
        Flaw(
            "undecodable-crashes", covers: ["B04"], needs: [.hmac], caughtBy: ["signature/*"],
            "It fails with an exception on a signature of the right length that does not decode.",
            explanation:
                "Your endpoint checks the length of the text and compares what it decodes to, which throws on odd characters."
        ) { behaviour in
            behaviour.crash(
                .trace(
                    "RangeError [ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH]: Input buffers must have the same byte length",
                    "verify (/app/src/signature.ts:22:17)")
            ) { received in
                received.signatures.contains {
                    $0.count == received.signatureLength && received.scheme.signature.encoding.decode($0) == nil
                }
            }
        },
        Flaw(
            "non-ascii-crashes", covers: ["B05", "J09"], needs: [.hmac], caughtBy: ["signature/*"],
            "It fails with an exception on a signature that is not ASCII.",
            explanation:
                "Your endpoint compares signatures as text, and one byte outside ASCII makes the comparison throw."
        ) { behaviour in
            behaviour.crash(
                .traceback("TypeError: comparing strings with non-ASCII characters is not supported", line: 41)
            ) {
                received in received.signatureHeader?.contains { $0 >= 0x80 } == true
            }
        },
        Flaw(
            "missing-header-crashes", covers: ["B13", "J09"], caughtBy: ["presence/*"],
            "It fails with an exception when the signature header is missing.",
            explanation: "Your endpoint uses the signature header before it looks whether there is one."
        ) { behaviour in
            behaviour.crash(
                .trace(
                    "TypeError: Cannot read properties of undefined (reading 'replace')",
                    "verify (/app/src/hook.js:12:33)")
            ) { $0.signatureHeader == nil }
        },
        Flaw(
            "missing-timestamp-crashes", covers: ["B13", "J09"], needs: [.timestamp, .timestampHeader],
            caughtBy: ["presence/no-timestamp-header", "presence/no-signature-and-no-timestamp"],
            "It fails with an exception when the timestamp header is missing.",
            explanation: "Your endpoint uses the timestamp header before it looks whether there is one."
        ) { behaviour in
            behaviour.crash(
                .traceback(
                    "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'",
                    line: 27)
            ) { $0.timestamp == nil }
        },
        Flaw(
            "undecodable-accepted", covers: ["B06"], needs: [.hmac], caughtBy: ["signature/*"],
            "It takes a signature that does not decode for a good one.",
            explanation: "Your endpoint turns a signature that does not decode into no bytes, and finds them equal."
        ) { behaviour in
            behaviour.alsoAcceptSpellings { text, _, scheme in
                !text.isEmpty && scheme.signature.encoding.decode(text) == nil
            }
        },
        Flaw(
            "lenient-hex", covers: ["B07"], needs: [.hmac, .encoding(.hex)], caughtBy: ["signature/*"],
            "It decodes hexadecimal up to the first character that is none.",
            explanation:
                "Your endpoint's hexadecimal decoder stops at the first odd character, so that one signature has many spellings."
        ) { $0.alsoAcceptSpellings(decodedBy: JavaScript.hexBuffer) },
        Flaw(
            "finds-hex-anywhere", covers: ["B07", "B08"], needs: [.hmac, .encoding(.hex)], caughtBy: ["signature/*"],
            "It searches the signature header for 64 digits.",
            explanation:
                "Your endpoint takes the first run of 64 hexadecimal digits in the header, whatever stands around it."
        ) { behaviour in
            let read = behaviour.steps.readSignature
            behaviour.steps.readSignature = { header, scheme in
                let isDigit = { (byte: UInt8) in ASCII.isDigit(byte) || (0x61...0x66).contains(byte) }
                let runs = header.split { !isDigit($0) }.filter { $0.count >= 64 }.map { Array($0.prefix(64)) }
                let strict = read(header, scheme)
                guard !runs.isEmpty else { return strict }
                return SignatureReading(candidates: runs, timestamp: strict?.timestamp)
            }
        },
        Flaw(
            "prefix-removed-anywhere", covers: ["B08"], needs: [.prefix],
            caughtBy: ["signature/prefix-at-the-end", "signature/prefix-in-the-middle", "signature/prefix-none"],
            "It removes the prefix of the signature wherever it stands, or not at all.",
            explanation:
                "Your endpoint replaces the prefix by nothing, so that it may stand anywhere in the header or be missing."
        ) { behaviour in
            guard case .value(let prefix) = behaviour.scheme.signature.grammar else { return }
            behaviour.alsoReadSignatures { header, _ in
                SignatureReading(candidates: [JavaScript.removingFirst(prefix, from: header)])
            }
        },
        Flaw(
            "prefix-optional", covers: ["B08"], needs: [.prefix], caughtBy: ["signature/prefix-none"],
            "It accepts the signature without its prefix.",
            explanation:
                "Your endpoint accepts the bare signature, without the prefix that names its version or algorithm."
        ) { $0.alsoReadSignatures { header, _ in SignatureReading(candidates: [header]) } },
        Flaw(
            "prefix-repeated", covers: ["B08"], needs: [.prefix], caughtBy: ["signature/prefix-doubled"],
            "It removes the prefix of the signature as often as it stands there.",
            explanation:
                "Your endpoint removes every occurrence of the prefix, so that it may stand there several times."
        ) { behaviour in
            guard case .value(let prefix) = behaviour.scheme.signature.grammar else { return }
            behaviour.steps.readSignature = { header, _ in
                guard header.starts(with: prefix.utf8) else { return nil }
                return SignatureReading(candidates: [Python.removingAll(prefix, from: header)])
            }
        },
        Flaw(
            "any-prefix", covers: ["B08", "C04"], needs: [.prefix], caughtBy: ["signature/*", "algorithm/*"],
            "It takes what stands behind the equals sign, whatever stands before it.",
            explanation: "Your endpoint splits the header at the equals sign, and never looks at what the prefix says."
        ) { behaviour in
            behaviour.alsoReadSignatures { header, _ in
                guard let equals = header.firstIndex(of: UInt8(ascii: "=")) else { return nil }
                return SignatureReading(candidates: [Array(header[(equals + 1)...])])
            }
        },
        Flaw(
            "base64-accepted", covers: ["B10"], needs: [.hmac, .encoding(.hex)], caughtBy: ["signature/in-base64"],
            "It accepts the signature in Base64 too.",
            explanation: "Your endpoint also accepts signatures in Base64, where the document says hexadecimal."
        ) { $0.alsoAcceptSpellings(decodedBy: { Base64.decode($0) }) },
        Flaw(
            "base64url-accepted", covers: ["B10"], needs: [.hmac], caughtBy: ["signature/in-base64url"],
            "It accepts the signature in the URL form of Base64 too.",
            explanation: "Your endpoint also accepts signatures in the URL form of Base64."
        ) { $0.alsoAcceptSpellings(decodedBy: { Base64.decode($0, alphabet: .url) }) },
        Flaw(
            "hex-accepted", covers: ["B10"], needs: [.hmac, .encoding(.base64)], caughtBy: ["signature/in-hex"],
            "It accepts the signature in hexadecimal too.",
            explanation: "Your endpoint also accepts signatures in hexadecimal, where the document says Base64."
        ) { $0.alsoAcceptSpellings(decodedBy: { Hex.decode($0) }) },
        Flaw(
            "base64-unpadded", covers: ["B07"], needs: [.hmac, .encoding(.base64)], caughtBy: ["signature/*"],
            "It accepts Base64 without its padding.",
            explanation:
                "Your endpoint does without the padding of Base64, so that one signature has several spellings."
        ) { $0.alsoAcceptSpellings(decodedBy: { LooseBase64.decode($0, forgiving: .missingPadding) }) },
        Flaw(
            "base64-trailing-bits", covers: ["B07"], needs: [.hmac, .encoding(.base64)],
            caughtBy: ["signature/base64-spare-bits"],
            "It ignores the last bits of Base64 that belong to no byte.",
            explanation:
                "Your endpoint's Base64 decoder drops bits that are not zero, so that one signature has several spellings."
        ) { $0.alsoAcceptSpellings(decodedBy: { LooseBase64.decode($0, forgiving: .trailingBits) }) },
        Flaw(
            "base64-junk", covers: ["B07"], needs: [.hmac, .encoding(.base64)], caughtBy: ["signature/*"],
            "It skips characters in Base64 that don't belong there.",
            explanation:
                "Your endpoint's Base64 decoder skips foreign characters, so that one signature has endless spellings."
        ) {
            $0.alsoAcceptSpellings(decodedBy: {
                LooseBase64.decode($0, forgiving: [.junk, .urlAlphabet, .missingPadding])
            })
        },
        Flaw(
            "base64-case-ignored", covers: ["B09"], needs: [.hmac, .encoding(.base64)], caughtBy: ["signature/*"],
            "It compares Base64 without regard to case.",
            explanation: "Your endpoint ignores the case of Base64, where each letter's case is part of the signature."
        ) { behaviour in
            behaviour.alsoAcceptSpellings { text, right, scheme in
                ASCII.equalsIgnoringCase(text, scheme.signature.encoding.encode(right))
            }
        },
        Flaw(
            "blanks-in-signature-crash", covers: ["B11"], needs: [.hmac], caughtBy: ["signature/*", "header/*"],
            "It fails with an exception on a blank in the signature header.",
            explanation: "Your endpoint throws on a signature header with a blank in it, and nobody catches it."
        ) { behaviour in
            guard behaviour.scheme.signature.encoding == .hex else { return }
            behaviour.crash(
                .trace(
                    "java.lang.IllegalArgumentException: Illegal hexadecimal character at index 0",
                    "java.base/java.util.HexFormat.fromHexDigit(HexFormat.java:1063)")
            ) { received in
                received.signatureHeader?.contains(where: ASCII.isBlank) == true
            }
        },
        Flaw(
            "digest-as-number", covers: ["B16"], needs: [.hmac, .not(.token), .encoding(.hex)],
            caughtBy: ["control/signature-begins-with-*"], mayRefuseControl: true,
            "It handles the digest as a number, whose leading zeros are lost.",
            explanation:
                "Your endpoint turns the signature into a number, so that one valid request in sixteen is refused."
        ) { $0.acceptSpellingsOnly { _, right in right.first.map { $0 >= 0x10 } ?? false } },
        Flaw(
            "plus-read-as-space", covers: ["B17"], needs: [.hmac, .not(.token), .encoding(.base64)],
            caughtBy: ["control/signature-holds-plus"], mayRefuseControl: true,
            "It decodes the signature header as a form, which turns a plus sign into a space.",
            explanation:
                "Your endpoint reads '+' in the signature as a space, and refuses every valid request that has one."
        ) { $0.acceptSpellingsOnly { text, _ in !text.contains(UInt8(ascii: "+")) } },
        Flaw(
            "slash-read-in-url-alphabet", covers: ["B17"], needs: [.hmac, .not(.token), .encoding(.base64)],
            caughtBy: ["control/signature-holds-slash"], mayRefuseControl: true,
            "It decodes Base64 with the URL alphabet, which has no slash.",
            explanation:
                "Your endpoint can't decode '/' in the signature, and refuses every valid request that has one."
        ) { $0.acceptSpellingsOnly { text, _ in !text.contains(UInt8(ascii: "/")) } },
    ]

    /// Compares only the beginning of the signature.
    private static func comparesFirst(_ count: Int) -> Flaw {
        Flaw(
            "compares-first-\(count)-bytes", covers: ["B01"], needs: [.hmac], caughtBy: ["signature/*"],
            "It compares only the first \(count) bytes of the signature.",
            explanation:
                "Your endpoint looks at the first \(count) bytes of the signature only; the others may be anything."
        ) { behaviour in
            behaviour.alsoAcceptSpellings { text, right, scheme in
                guard let given = scheme.signature.encoding.decode(text), given.count == right.count else {
                    return false
                }
                return given.prefix(count) == right.prefix(count)
            }
        }
    }

    /// Leaves one byte of the signature out of the comparison.
    private static func skipsByte(_ place: Int) -> Flaw {
        Flaw(
            "skips-byte-\(place)", covers: ["B01"], needs: [.hmac], caughtBy: ["signature/*"],
            "It does not compare byte \(place) of the signature.",
            explanation: "Your endpoint's comparison leaves out byte \(place) of the signature, counted from 0."
        ) { behaviour in
            behaviour.alsoAcceptSpellings { text, right, scheme in
                guard let given = scheme.signature.encoding.decode(text), given.count == right.count else {
                    return false
                }
                return given.indices.allSatisfy { $0 == place || given[$0] == right[$0] }
            }
        }
    }
}
