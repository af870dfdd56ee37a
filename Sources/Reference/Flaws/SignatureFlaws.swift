internal import Bytes
internal import Catalogue
internal import Schemes

/// How a signature is read, decoded and compared.
enum SignatureFlaws {
    static let all: [Flaw] = [
        Flaw(
            "prefix-comparison", covers: ["B01"], needs: [.hmac], caughtBy: ["signature/*"],
            "It compares signatures only up to the length of the shorter one.",
            explanation:
                "Your endpoint stops comparing at the end of the shorter signature, so an empty signature matches "
                + "everything."
        ) { behaviour in
            behaviour.alsoAcceptSpellings { text, right, scheme in
                zip(text, scheme.signature.encoding.encode(right)).allSatisfy(==)
            }
        },
        Flaw(
            "signature-starts-with", covers: ["B07"], needs: [.hmac], caughtBy: ["signature/*"],
            "It only checks that the signature starts with the correct one.",
            explanation:
                "Your endpoint accepts anything after the correct signature, so one signature has many valid spellings."
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
            "It accumulates byte differences with XOR, so two of them can cancel out.",
            explanation:
                "Your endpoint's constant-time comparison combines differences with ^ instead of |, so two wrong bytes "
                + "can cancel each other and a forged signature passes."
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
            "Its process dies on a signature of the wrong length.",
            explanation:
                "Your endpoint passes values of different lengths to a comparison that throws, and nothing catches the "
                + "exception: one bad signature takes the process down."
        ) { $0.crash(.death) { received in received.signatures.contains { $0.count != received.signatureLength } } },
        Flaw(
            "character-length-crashes", covers: ["B03"], needs: [.hmac],
            caughtBy: ["signature/non-ascii-first-emoji", "signature/non-ascii-first-utf8"],
            "It checks the length of a signature in characters, but compares bytes.",
            explanation:
                "Your endpoint counts characters and then compares bytes, so a single accented letter in the signature "
                + "makes the comparison throw."
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
            "It throws on a signature of the right length that does not decode.",
            explanation:
                "Your endpoint checks the length of the signature's text but compares the decoded bytes, so an invalid "
                + "character makes the comparison throw."
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
            "It throws on a signature that is not ASCII.",
            explanation:
                "Your endpoint compares signatures as strings, and a single byte outside ASCII makes the comparison "
                + "throw."
        ) { behaviour in
            behaviour.crash(
                .traceback("TypeError: comparing strings with non-ASCII characters is not supported", line: 41)
            ) {
                received in received.signatureHeader?.contains { $0 >= 0x80 } == true
            }
        },
        Flaw(
            "missing-header-crashes", covers: ["B13", "J09"], caughtBy: ["presence/*"],
            "It throws when the signature header is missing.",
            explanation:
                "Your endpoint uses the signature header without checking that it is there, so an unsigned request "
                + "ends in an exception."
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
            "It throws when the timestamp header is missing.",
            explanation:
                "Your endpoint uses the timestamp header without checking that it is there, so a request without one "
                + "ends in an exception."
        ) { behaviour in
            behaviour.crash(
                .traceback(
                    "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'NoneType'",
                    line: 27)
            ) { $0.timestamp == nil }
        },
        Flaw(
            "undecodable-accepted", covers: ["B06"], needs: [.hmac], caughtBy: ["signature/*"],
            "It accepts a signature that cannot be decoded.",
            explanation:
                "Your endpoint decodes an invalid signature to nothing and treats the result as a match, so anyone can "
                + "forge a request."
        ) { behaviour in
            behaviour.alsoAcceptSpellings { text, _, scheme in
                !text.isEmpty && scheme.signature.encoding.decode(text) == nil
            }
        },
        Flaw(
            "lenient-hex", covers: ["B07"], needs: [.hmac, .encoding(.hex)], caughtBy: ["signature/*"],
            "It decodes hexadecimal only up to the first invalid character.",
            explanation:
                "Your endpoint's hexadecimal decoder stops at the first invalid character, so one signature has many "
                + "valid spellings."
        ) { $0.alsoAcceptSpellings(decodedBy: JavaScript.hexBuffer) },
        Flaw(
            "finds-hex-anywhere", covers: ["B07", "B08"], needs: [.hmac, .encoding(.hex)], caughtBy: ["signature/*"],
            "It searches the signature header for any run of 64 hexadecimal digits.",
            explanation:
                "Your endpoint takes the first 64 hexadecimal digits it finds in the header and ignores everything "
                + "around them, so malformed headers pass."
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
            "It strips the signature's prefix wherever it appears, and does not require it.",
            explanation:
                "Your endpoint replaces the prefix with an empty string, so it may appear anywhere in the header or be "
                + "missing altogether."
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
            "It strips every occurrence of the signature's prefix.",
            explanation: "Your endpoint removes the prefix as often as it occurs, so a header that repeats it passes."
        ) { behaviour in
            guard case .value(let prefix) = behaviour.scheme.signature.grammar else { return }
            behaviour.steps.readSignature = { header, _ in
                guard header.starts(with: prefix.utf8) else { return nil }
                return SignatureReading(candidates: [Python.removingAll(prefix, from: header)])
            }
        },
        Flaw(
            "any-prefix", covers: ["B08", "C04"], needs: [.prefix], caughtBy: ["signature/*", "algorithm/*"],
            "It takes whatever follows the equals sign and ignores the prefix.",
            explanation:
                "Your endpoint splits the header at the equals sign and never checks the prefix, so a signature "
                + "labelled with another algorithm passes."
        ) { behaviour in
            behaviour.alsoReadSignatures { header, _ in
                guard let equals = header.firstIndex(of: UInt8(ascii: "=")) else { return nil }
                return SignatureReading(candidates: [Array(header[(equals + 1)...])])
            }
        },
        Flaw(
            "base64-accepted", covers: ["B10"], needs: [.hmac, .encoding(.hex)], caughtBy: ["signature/in-base64"],
            "It also accepts the signature in Base64.",
            explanation: "Your endpoint also accepts signatures in Base64, although the document specifies hexadecimal."
        ) { $0.alsoAcceptSpellings(decodedBy: { Base64.decode($0) }) },
        Flaw(
            "base64url-accepted", covers: ["B10"], needs: [.hmac], caughtBy: ["signature/in-base64url"],
            "It also accepts the signature in base64url.",
            explanation:
                "Your endpoint also accepts signatures in base64url, an encoding that the document does not allow."
        ) { $0.alsoAcceptSpellings(decodedBy: { Base64.decode($0, alphabet: .url) }) },
        Flaw(
            "hex-accepted", covers: ["B10"], needs: [.hmac, .encoding(.base64)], caughtBy: ["signature/in-hex"],
            "It also accepts the signature in hexadecimal.",
            explanation: "Your endpoint also accepts signatures in hexadecimal, although the document specifies Base64."
        ) { $0.alsoAcceptSpellings(decodedBy: { Hex.decode($0) }) },
        Flaw(
            "base64-unpadded", covers: ["B07"], needs: [.hmac, .encoding(.base64)], caughtBy: ["signature/*"],
            "It accepts Base64 without padding.",
            explanation: "Your endpoint does not require Base64 padding, so one signature has several valid spellings."
        ) { $0.alsoAcceptSpellings(decodedBy: { LooseBase64.decode($0, forgiving: .missingPadding) }) },
        Flaw(
            "base64-trailing-bits", covers: ["B07"], needs: [.hmac, .encoding(.base64)],
            caughtBy: ["signature/base64-spare-bits"],
            "It ignores the unused trailing bits of Base64.",
            explanation:
                "Your endpoint's Base64 decoder ignores non-zero trailing bits, so one signature has several valid "
                + "spellings."
        ) { $0.alsoAcceptSpellings(decodedBy: { LooseBase64.decode($0, forgiving: .trailingBits) }) },
        Flaw(
            "base64-junk", covers: ["B07"], needs: [.hmac, .encoding(.base64)], caughtBy: ["signature/*"],
            "It skips invalid characters in Base64.",
            explanation:
                "Your endpoint's Base64 decoder skips characters outside the alphabet, so one signature has endless "
                + "valid spellings."
        ) {
            $0.alsoAcceptSpellings(decodedBy: {
                LooseBase64.decode($0, forgiving: [.junk, .urlAlphabet, .missingPadding])
            })
        },
        Flaw(
            "base64-case-ignored", covers: ["B09"], needs: [.hmac, .encoding(.base64)], caughtBy: ["signature/*"],
            "It compares Base64 case-insensitively.",
            explanation:
                "Your endpoint ignores case when it compares Base64, where case is part of the value, so wrong "
                + "signatures pass."
        ) { behaviour in
            behaviour.alsoAcceptSpellings { text, right, scheme in
                ASCII.equalsIgnoringCase(text, scheme.signature.encoding.encode(right))
            }
        },
        Flaw(
            "spaces-in-signature-crash", covers: ["B11"], needs: [.hmac], caughtBy: ["signature/*", "header/*"],
            "It throws on a space in the signature header.",
            explanation:
                "Your endpoint throws on a signature header that contains a space, and nothing catches the exception."
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
                "Your endpoint compares only the first \(count) bytes of the signature, so the rest can be anything."
        ) { behaviour in
            behaviour.alsoAcceptSpellings { text, right, scheme in
                guard let given = scheme.signature.encoding.decode(text), given.count == right.count else {
                    return false
                }
                return given.prefix(count) == right.prefix(count)
            }
        }
    }

    /// Returns a flaw that skips one byte of the signature in the comparison.
    private static func skipsByte(_ place: Int) -> Flaw {
        Flaw(
            "skips-byte-\(place)", covers: ["B01"], needs: [.hmac], caughtBy: ["signature/*"],
            "It does not compare byte \(place) of the signature.",
            explanation:
                "Your endpoint's comparison skips byte \(place) of the signature, counting from 0, so that byte can be "
                + "anything."
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
