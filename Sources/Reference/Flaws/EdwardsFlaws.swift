internal import Bytes
internal import Catalogue
internal import Cryptography
internal import Schemes

/// Ed25519.
package enum EdwardsFlaws {
    package static let all: [Flaw] = [
        Flaw(
            "ed25519-malformed-crashes", covers: ["C10"], needs: [.ed25519],
            caughtBy: ["edwards/one-digit-*", "edwards/ends-in-letters"],
            "It throws on a signature that is not 64 bytes in hexadecimal.",
            explanation:
                "Your endpoint's library throws on a signature of another length or alphabet, and nothing catches the "
                + "exception."
        ) { behaviour in
            behaviour.crash(
                .trace("Error: bad signature size", "verify (/app/node_modules/tweetnacl/nacl-fast.js:2155:11)")
            ) {
                $0.signatures.contains { Hex.decode($0)?.count != 64 }
            }
        },
        Flaw(
            "ed25519-error-accepted", covers: ["C10"], needs: [.ed25519],
            caughtBy: ["edwards/one-digit-short", "edwards/one-byte-long"],
            "It carries on when its library throws on a malformed signature.",
            explanation:
                "Your endpoint catches the exception that its library throws on a malformed signature and carries on "
                + "as if the signature were valid, so anyone can forge a request."
        ) { behaviour in
            behaviour.steps.verifies = { text, values, key, scheme in
                Hex.decode(text)?.count != 64 || values.areVerified(by: text, under: key, scheme)
            }
        },
        Flaw(
            "ed25519-longer-accepted", covers: ["C10"], needs: [.ed25519],
            caughtBy: ["edwards/one-byte-long", "edwards/twice"],
            "It verifies the first 64 bytes of a signature and ignores the rest.",
            explanation:
                "Your endpoint decodes a signature of any length and verifies only its first 64 bytes, so one "
                + "signature has many valid spellings."
        ) { behaviour in
            behaviour.steps.verifies = { text, values, key, scheme in
                values.areVerified(by: Array(text.prefix(128)), under: key, scheme)
            }
        },
        Flaw(
            "ed25519-letters-are-zeros", covers: ["C10"], needs: [.ed25519], caughtBy: ["edwards/zero-byte-as-letters"],
            "It decodes two characters that are not hexadecimal digits as a zero byte.",
            explanation:
                "Your endpoint's hexadecimal parser reads invalid characters as zero (as discord-interactions for "
                + "JavaScript does), so one signature has several valid spellings."
        ) { behaviour in
            behaviour.steps.verifies = { text, values, key, scheme in
                let pairs = stride(from: 0, to: text.count, by: 2).map { Array(text[$0..<min($0 + 2, text.count)]) }
                let bytes = pairs.map { Hex.decode($0)?.first ?? 0 }
                return values.areVerified(by: Hex.encode(bytes), under: key, scheme)
            }
        },
        Flaw(
            "ed25519-unreduced-accepted", covers: ["C11"], needs: [.ed25519], caughtBy: ["edwards/s-plus-order"],
            "It accepts an S that is not reduced.",
            explanation:
                "Your endpoint's library does not require a reduced S, so every signature has a second valid form."
        ) { behaviour in
            // The order of the group, the lowest byte first (RFC 8032 §5.1).
            let order: [UInt8] = [
                0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14,
                0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10,
            ]
            behaviour.steps.verifies = { text, values, key, scheme in
                if values.areVerified(by: text, under: key, scheme) { return true }
                guard let signature = Hex.decode(text), signature.count == 64 else { return false }
                var borrow = 0
                let reduced = zip(signature[32...], order).map { byte, less in
                    let difference = Int(byte) - Int(less) - borrow
                    borrow = difference < 0 ? 1 : 0
                    return UInt8(truncatingIfNeeded: difference)
                }
                return borrow == 0 && values.areVerified(by: Hex.encode(signature[..<32] + reduced), under: key, scheme)
            }
        },
        Flaw(
            "ed25519-neutral-accepted", covers: ["A01", "C11"], needs: [.ed25519], caughtBy: ["edwards/neutral"],
            "It accepts the signature that is valid for every small-order key.",
            explanation:
                "Your endpoint verifies with a small-order public key, such as one that was never set, and its library "
                + "allows that, so anyone can forge a request."
        ) { behaviour in
            let neutral: [UInt8] = [1] + [UInt8](repeating: 0, count: 63)
            behaviour.steps.verifies = { text, values, key, scheme in
                Hex.decode(text) == neutral || values.areVerified(by: text, under: key, scheme)
            }
        },
        Flaw(
            "ed25519-shape-only", covers: ["A01"], needs: [.ed25519],
            caughtBy: ["edwards/halves-swapped", "edwards/other-key"],
            "It requires 64 bytes in hexadecimal but verifies nothing.",
            explanation:
                "Your endpoint ignores the result from its library, so any signature of the right length passes."
        ) { $0.steps.verifies = { text, _, _, _ in Hex.decode(text)?.count == 64 } },
        Flaw(
            "ed25519-hashes-first", covers: ["C03"], needs: [.ed25519], caughtBy: ["edwards/digest-signed"],
            "It also accepts a signature over the SHA-512 of the message.",
            explanation:
                "Your endpoint also accepts a signature over the message's digest, which the sender never makes."
        ) { behaviour in
            behaviour.steps.verifies = { text, values, key, scheme in
                if values.areVerified(by: text, under: key, scheme) { return true }
                let digest = HashFunction.sha512.digest(values.message(scheme.signature.message))
                return Hex.decode(text).map { SignatureAlgorithm.ed25519.verifies($0, of: digest, key: key) } ?? false
            }
        },
        Flaw(
            "ed25519-sample-key-accepted", covers: ["A07"], needs: [.ed25519], caughtBy: ["edwards/published-key"],
            "It falls back to a published sample key.",
            explanation:
                "Your endpoint falls back to the first key of RFC 8032, whose private half is printed there, so anyone "
                + "can forge a request."
        ) { behaviour in
            let seed = Hex.decode(Array("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60".utf8)) ?? []
            behaviour.alsoAcceptKeys { _ in [seed] }
        },
        Flaw(
            "ed25519-hmac-sha512-accepted", covers: ["C02", "C08"], needs: [.ed25519],
            caughtBy: ["edwards/hmac-sha512-under-public-key"],
            "It accepts an HMAC-SHA512 keyed with the public key's bytes.",
            explanation: "Your endpoint uses the public key's bytes as a shared secret, so anyone can forge a request."
        ) { behaviour in
            behaviour.alsoAcceptSignatures { values, key, scheme in
                guard let known = try? Ed25519.publicKey(seed: key) else { return [] }
                let message = values.message(scheme.signature.message)
                return [HMAC.code(.sha512, key: known, message: message)]
            }
        },
        Flaw(
            "ed25519-hmac-sha256-accepted", covers: ["C02", "C08"], needs: [.ed25519],
            caughtBy: ["edwards/hmac-sha256-under-public-key"],
            "It accepts an HMAC-SHA256 keyed with the public key's hexadecimal digits.",
            explanation:
                "Your endpoint uses the public key's hexadecimal digits as a shared secret, so anyone can forge a "
                + "request."
        ) { behaviour in
            behaviour.alsoAcceptSignatures { values, key, scheme in
                guard let known = try? Ed25519.publicKey(seed: key) else { return [] }
                let message = values.message(scheme.signature.message)
                return [HMAC.code(.sha256, key: Hex.encode(known), message: message)]
            }
        },
    ]
}
