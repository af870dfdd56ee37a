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
            "It fails with an exception on a signature that is not 64 bytes in hexadecimal.",
            explanation: "Your endpoint lets its library throw on a signature of another length or alphabet, and "
                + "nothing catches that."
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
            "It goes on when its library throws on a malformed signature.",
            explanation: "Your endpoint catches what its library throws on a malformed signature, and goes on as "
                + "if it had been verified."
        ) { behaviour in
            behaviour.steps.verifies = { text, values, key, scheme in
                Hex.decode(text)?.count != 64 || values.areVerified(by: text, under: key, scheme)
            }
        },
        Flaw(
            "ed25519-longer-accepted", covers: ["C10"], needs: [.ed25519],
            caughtBy: ["edwards/one-byte-long", "edwards/twice"],
            "It looks at the first 64 bytes of a signature and ignores the rest.",
            explanation: "Your endpoint decodes a signature of any length, and verifies with its first 64 bytes."
        ) { behaviour in
            behaviour.steps.verifies = { text, values, key, scheme in
                values.areVerified(by: Array(text.prefix(128)), under: key, scheme)
            }
        },
        Flaw(
            "ed25519-letters-are-zeros", covers: ["C10"], needs: [.ed25519], caughtBy: ["edwards/zero-byte-as-letters"],
            "It decodes two letters that are no hexadecimal digits as a zero byte.",
            explanation: "Your endpoint decodes hexadecimal with a parser that makes a zero of what it cannot "
                + "read (as discord-interactions for JavaScript does)."
        ) { behaviour in
            behaviour.steps.verifies = { text, values, key, scheme in
                let pairs = stride(from: 0, to: text.count, by: 2).map { Array(text[$0..<min($0 + 2, text.count)]) }
                let bytes = pairs.map { Hex.decode($0)?.first ?? 0 }
                return values.areVerified(by: Hex.encode(bytes), under: key, scheme)
            }
        },
        Flaw(
            "ed25519-unreduced-accepted", covers: ["C11"], needs: [.ed25519], caughtBy: ["edwards/s-plus-order"],
            "It reduces the S of a signature before it verifies.",
            explanation: "Your endpoint verifies with a library that does not ask for a reduced S, so that each "
                + "signature has a twin."
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
            "It accepts the signature that holds under every key of small order.",
            explanation: "Your endpoint verifies with a public key of small order, as one that was never set is, "
                + "and a library that takes it."
        ) { behaviour in
            let neutral: [UInt8] = [1] + [UInt8](repeating: 0, count: 63)
            behaviour.steps.verifies = { text, values, key, scheme in
                Hex.decode(text) == neutral || values.areVerified(by: text, under: key, scheme)
            }
        },
        Flaw(
            "ed25519-shape-only", covers: ["A01"], needs: [.ed25519],
            caughtBy: ["edwards/halves-swapped", "edwards/other-key"],
            "It asks for 64 bytes in hexadecimal and verifies nothing.",
            explanation: "Your endpoint ignores what its library answers: any signature of the right length is good."
        ) { $0.steps.verifies = { text, _, _, _ in Hex.decode(text)?.count == 64 } },
        Flaw(
            "ed25519-hashes-first", covers: ["C03"], needs: [.ed25519], caughtBy: ["edwards/digest-signed"],
            "It verifies over the SHA-512 of the message as well.",
            explanation: "Your endpoint accepts a signature of the digest of the message, which the sender never makes."
        ) { behaviour in
            behaviour.steps.verifies = { text, values, key, scheme in
                if values.areVerified(by: text, under: key, scheme) { return true }
                let digest = HashFunction.sha512.digest(values.message(scheme.signature.message))
                return Hex.decode(text).map { SignatureAlgorithm.ed25519.verifies($0, of: digest, key: key) } ?? false
            }
        },
        Flaw(
            "ed25519-sample-key-accepted", covers: ["A07"], needs: [.ed25519], caughtBy: ["edwards/published-key"],
            "It verifies with the key of an example, which stands in for one that was not set.",
            explanation: "Your endpoint falls back to the first key of RFC 8032, whose private half is printed there."
        ) { behaviour in
            let seed = Hex.decode(Array("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60".utf8)) ?? []
            behaviour.alsoAcceptKeys { _ in [seed] }
        },
        Flaw(
            "ed25519-hmac-sha512-accepted", covers: ["C02", "C08"], needs: [.ed25519],
            caughtBy: ["edwards/hmac-sha512-under-public-key"],
            "It takes an HMAC-SHA512 under the bytes of the public key for a signature.",
            explanation: "Your endpoint uses the bytes of the public key as a shared secret, which everyone has."
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
            "It takes an HMAC-SHA256 under the digits of the public key for a signature.",
            explanation: "Your endpoint uses the digits of the public key as a shared secret, which everyone has."
        ) { behaviour in
            behaviour.alsoAcceptSignatures { values, key, scheme in
                guard let known = try? Ed25519.publicKey(seed: key) else { return [] }
                let message = values.message(scheme.signature.message)
                return [HMAC.code(.sha256, key: Hex.encode(known), message: message)]
            }
        },
    ]
}
