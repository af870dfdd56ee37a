internal import Catalogue
internal import Cryptography
internal import Schemes
internal import Transport

/// Other algorithms, versions and messages.
enum AlgorithmFlaws {
    static let all: [Flaw] = [
        Flaw(
            "sha1-fallback", covers: ["C01"], needs: [.hmac, .prefix],
            caughtBy: ["algorithm/sha1-in-legacy-header", "algorithm/sha1-label"],
            "It falls back to the old SHA-1 header.",
            explanation:
                "Your endpoint still accepts X-Hub-Signature with SHA-1 when the newer header is missing, so an "
                + "attacker can choose the weaker algorithm."
        ) { behaviour in
            let name = behaviour.scheme.signature.header
            let prefix = Array("sha1=".utf8)
            behaviour.changeRequest { request in
                guard request.headers.first(named: name) == nil,
                    let old = request.headers.first(named: "X-Hub-Signature"), old.starts(with: prefix)
                else { return }
                request.headers.append(name, old)
            }
            behaviour.alsoReadSignatures { header, _ in
                guard header.starts(with: prefix) else { return nil }
                return SignatureReading(candidates: [Array(header.dropFirst(prefix.count))])
            }
            behaviour.alsoAcceptSignatures { values, key, scheme in
                let old = values.request.headers.first(named: name)?.starts(with: prefix) == true
                return old ? [HMAC.code(.sha1, key: key, message: values.message(scheme.signature.message))] : []
            }
        },
        Flaw(
            "sender-chooses-algorithm", covers: ["C02"], needs: [.hmac, .prefix], caughtBy: ["algorithm/*"],
            "It uses the hash function that the signature's prefix names.",
            explanation:
                "Your endpoint lets the sender choose the hash function with the text before the equals sign, so an "
                + "attacker can choose a weak one."
        ) { behaviour in
            let name = behaviour.scheme.signature.header
            let hash = { @Sendable (header: [UInt8]) in
                HashFunction(rawValue: String(decoding: header.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self))
            }
            behaviour.alsoReadSignatures { header, _ in
                guard hash(header) != nil, let equals = header.firstIndex(of: UInt8(ascii: "=")) else { return nil }
                return SignatureReading(candidates: [Array(header[(equals + 1)...])])
            }
            behaviour.alsoAcceptSignatures { values, key, scheme in
                guard let hash = values.request.headers.first(named: name).flatMap(hash) else { return [] }
                return [HMAC.code(hash, key: key, message: values.message(scheme.signature.message))]
            }
        },
        Flaw(
            "unknown-algorithm-crashes", covers: ["C02", "J09"], needs: [.hmac, .prefix], caughtBy: ["algorithm/*"],
            "It throws when the prefix names an unknown hash function.",
            explanation:
                "Your endpoint asks its library for whatever hash function the prefix names, and throws when there is "
                + "none."
        ) { behaviour in
            // A prefix without an equals sign names no function.
            guard case .value(let prefix) = behaviour.scheme.signature.grammar, prefix.hasSuffix("=") else { return }
            behaviour.crash(.trace("Error: Invalid digest: none", "new Hmac (node:internal/crypto/hash:173:19)")) {
                received in
                guard let header = received.signatureHeader, let equals = header.firstIndex(of: UInt8(ascii: "="))
                else {
                    return false
                }
                let name = header[...equals]
                return equals > 0 && !name.elementsEqual(prefix.utf8)
                    && HashFunction(rawValue: String(decoding: name.dropLast(), as: UTF8.self)) == nil
            }
        },
        Flaw(
            "algorithm-by-length", covers: ["C01", "C02"], needs: [.hmac], caughtBy: ["algorithm/*"],
            "It chooses the hash function by the length of the signature.",
            explanation:
                "Your endpoint accepts SHA-1, MD5 and others when the signature has their length, so an attacker can "
                + "choose a weak one."
        ) { behaviour in
            behaviour.alsoAcceptSignatures { values, key, scheme in
                let message = values.message(scheme.signature.message)
                return HashFunction.allCases.map { HMAC.code($0, key: key, message: message) }
            }
        },
        Flaw(
            "unkeyed-hash-accepted", covers: ["C03"], needs: [.hmac],
            caughtBy: ["algorithm/hash-of-body", "algorithm/hash-of-message"],
            "It accepts a plain hash of the message.",
            explanation:
                "Your endpoint accepts the SHA-256 of the message, which anyone can compute without the secret."
        ) { behaviour in
            behaviour.alsoAcceptSignatures { values, _, scheme in
                [values.body, values.message(scheme.signature.message)].map(HashFunction.sha256.digest)
            }
        },
        Flaw(
            "key-prefix-hash-accepted", covers: ["C03"], needs: [.hmac],
            caughtBy: ["algorithm/hash-of-key-and-body", "algorithm/hash-of-key-and-message"],
            "It accepts the hash of the secret followed by the message.",
            explanation:
                "Your endpoint accepts SHA-256 over the secret and the message, so an attacker can extend a message "
                + "without the secret."
        ) { behaviour in
            behaviour.alsoAcceptSignatures { values, key, scheme in
                [values.body, values.message(scheme.signature.message)].map { HashFunction.sha256.digest(key + $0) }
            }
        },
        Flaw(
            "key-suffix-hash-accepted", covers: ["C03"], needs: [.hmac],
            caughtBy: ["algorithm/hash-of-body-and-key", "algorithm/hash-of-message-and-key"],
            "It accepts the hash of the message followed by the secret.",
            explanation:
                "Your endpoint accepts SHA-256 over the message and the secret, although the document specifies HMAC."
        ) { behaviour in
            behaviour.alsoAcceptSignatures { values, key, scheme in
                [values.body, values.message(scheme.signature.message)].map { HashFunction.sha256.digest($0 + key) }
            }
        },
        Flaw(
            "old-version-accepted", covers: ["C04"], needs: [.hmac, .severalSignatures],
            caughtBy: ["algorithm/version-v0-beside-wrong", "algorithm/version-v0-only"],
            "It accepts signatures of version v0.",
            explanation:
                "Your endpoint also tries signatures of an older version, which the sender makes only for tests."
        ) { behaviour in
            let read = behaviour.steps.readSignature
            behaviour.steps.readSignature = { header, scheme in
                SignatureHeader.loose(header, scheme, strict: read(header, scheme)) { $0.elementsEqual("v0".utf8) }
            }
        },
        Flaw(
            "any-version-accepted", covers: ["C04"], needs: [.hmac, .severalSignatures],
            caughtBy: ["algorithm/*"],
            "It tries the signatures of every version in the header.",
            explanation:
                "Your endpoint tries every signature in the header and ignores the version, so signatures of a retired "
                + "version pass."
        ) { behaviour in
            let read = behaviour.steps.readSignature
            behaviour.steps.readSignature = { header, scheme in
                SignatureHeader.loose(header, scheme, strict: read(header, scheme)) { $0.first == UInt8(ascii: "v") }
            }
        },
        Flaw(
            "unknown-version-refused", covers: ["C05"], needs: [.severalSignatures],
            caughtBy: ["header/*"],
            "It rejects a header that also contains a version or key it does not know.",
            explanation:
                "Your endpoint rejects a valid signature when an element of a newer version accompanies it, so "
                + "deliveries fail once the sender adds one."
        ) { behaviour in
            let read = behaviour.steps.readSignature
            behaviour.steps.readSignature = { header, scheme in
                let known = [Array("v1".utf8), Array("t".utf8)]
                let keys = SignatureHeader.looseElements(header, scheme).map(\.key)
                return keys.allSatisfy(known.contains) ? read(header, scheme) : nil
            }
        },
        Flaw(
            "body-only-signature-accepted", covers: ["A12", "E03"], needs: [.timestamp],
            caughtBy: ["algorithm/signed-body", "timestamp/not-in-message"],
            "It also accepts a signature over the body alone.",
            explanation:
                "Your endpoint also accepts a signature over the body alone, which does not cover the timestamp, so "
                + "such a request never expires."
        ) { behaviour in
            behaviour.alsoAcceptSignatures { values, key, scheme in
                [scheme.signature.algorithm.sign(values.body, key: key)]
            }
        },
        Flaw(
            "other-separator-accepted", covers: ["A12", "S12"], needs: [.timestamp],
            caughtBy: ["algorithm/*"],
            "It accepts several ways of joining the timestamp and the body.",
            explanation:
                "Your endpoint tries several ways of joining the timestamp and the body until one matches, so bytes "
                + "can be moved from one to the other."
        ) { behaviour in
            behaviour.alsoAcceptSignatures { values, key, scheme in
                [".", "", ":", "\n"].map { separator in
                    scheme.signature.algorithm.sign(values.timestamp + separator.utf8 + values.body, key: key)
                }
            }
        },
        Flaw(
            "id-unsigned", covers: ["A12"], needs: [.eventIDHeader, .timestamp],
            caughtBy: ["algorithm/signed-timestamp-dot-body"],
            "It accepts a signature that does not cover the delivery's id.",
            explanation:
                "Your endpoint also accepts a signature that does not cover the id, so a replay only needs a new id."
        ) { behaviour in
            behaviour.alsoAcceptValues { values in
                var others = values
                others.id = []
                return others
            }
            behaviour.alsoAcceptSignatures { values, key, scheme in
                [scheme.signature.algorithm.sign(values.timestamp + [UInt8(ascii: ".")] + values.body, key: key)]
            }
        },
    ]
}
