internal import Cryptography
internal import ReportModel
internal import Schemes
internal import Transport

// Labels before the signature that name another function or version.
extension AlgorithmFamily {
    private static let named: [(name: String, hash: HashFunction)] = [
        ("md5", .md5), ("sha1", .sha1), ("sha384", .sha384), ("sha512", .sha512),
    ]

    private static let chosen =
        "A verifier that passes the text before the equals sign to its hash library lets the sender choose the "
        + "function, or fails on a name that the library does not know."
    private static let fixedLabel = "Compare the prefix with the scheme's own, and reject any other."

    static let labels: [Case] =
        named.map { other in
            label(
                other.name, "the prefix \(other.name)= and the HMAC it names", severity: .high,
                covers: other.name == "sha1" ? ["C01", "C02"] : ["C02"],
                needs: [.hmac, .not(.algorithm(.hmac(other.hash)))]
            ) { draft in
                draft.algorithm = .hmac(other.hash)
                draft.onceSigned { $0.elements[0].key = bytes("\(other.name)=") }
            }
        } + [
            label("none", "the prefix none= and no signature", severity: .critical, covers: ["C02"]) { draft in
                draft.setHeader { _ in bytes("none=") }
            },
            label("none-zero", "the prefix none= and zeros", severity: .critical, covers: ["C02"]) { draft in
                draft.setHeader { bytes("none=") + $0.zeroSignature }
            },
            label("crc32b", "the prefix crc32b= and eight digits", severity: .high, covers: ["C02"]) { draft in
                draft.setHeader { _ in bytes("crc32b=00000000") }
            },
            label("unknown", "the prefix of an unknown function", severity: .medium, covers: ["C02"]) { draft in
                draft.setHeader { bytes("xyz=") + $0.zeroSignature }
            },
            Case(
                "algorithm/sha1-in-legacy-header", .must, .presence, .high, covers: ["C01"], cwe: [757, 327],
                needs: [.hmac, .not(.header("X-Hub-Signature"))], changes: [.signature, .headers],
                "A request whose only signature is an HMAC-SHA1 in X-Hub-Signature is rejected.",
                why: "Endpoints that once served SHA-1 senders still accept the old header when the new one is "
                    + "missing, so an attacker simply omits the new one.",
                fix: "Remove the fallback to the old header.", expect: .rejected
            ) { draft in
                let key = draft.key
                draft.dropSignature()
                let message = draft.message
                draft.onTheWire {
                    let mac = HMAC.code(.sha1, key: key, message: message)
                    $0.headers.append("X-Hub-Signature", bytes("sha1=") + SignatureEncoding.hex.encode(mac))
                }
            },
        ]

    private static func label(
        _ name: String, _ title: String, severity: Severity, covers: [String], needs: [Requirement] = [],
        probe: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "algorithm/\(name)-label", .must, .algorithm, severity, covers: covers, cwe: [757, 347],
            needs: [.prefix] + needs, changes: .signature, "A signature with \(title) is rejected.", why: chosen,
            fix: fixedLabel, expect: .rejected, probe: probe)
    }

    // MARK: Versions

    private static let downgrade =
        "A verifier that accepts any version lets an attacker fall back to the weakest one. Old versions are "
        + "sent for tests, and their signatures protect nothing."
    private static let oneVersion = "Check signatures of the scheme's version only, and skip all others."

    static let versions: [Case] =
        ["v0", "v2", "v1a", "v", "sha256", "signature"].map { version in
            Case(
                "algorithm/version-\(version)-only", .must, .severalSignatures, .medium, covers: ["C04"], cwe: [757],
                needs: [.severalSignatures, .not(.label(version))], changes: .signature,
                "A signature that appears only under the version \(version) is rejected.", why: downgrade,
                fix: oneVersion,
                expect: .rejected
            ) { draft in
                draft.onceSigned { parts in
                    if let place = parts.signaturePlace { parts.elements[place].key = bytes(version) }
                }
            }
        }
        + ["v0", "v2"].map { version in
            Case(
                "algorithm/version-\(version)-beside-wrong", .must, .severalSignatures, .medium, covers: ["C04"],
                cwe: [757], needs: [.severalSignatures, .not(.label(version))], changes: .signature,
                "A wrong signature is rejected even when the one under \(version) would be correct.", why: downgrade,
                fix: oneVersion, expect: .rejected
            ) { draft in
                draft.onceSigned { parts in
                    let right = parts.signature
                    parts.signature = parts.zeroSignature
                    parts.elements.append(SignedParts.Element(bytes(version), right))
                }
            }
        }
        + ["v0=", "v1=", "v2="].map { prefix in
            Case(
                "algorithm/prefix-\(prefix.dropLast())", .should, .grammar, .low, covers: ["B08", "C04"],
                cwe: [757, 1286], needs: [.prefix, .not(.label(prefix))], changes: .signature,
                "A correct signature after the prefix \(prefix) is rejected.",
                why: "The prefix says how the signature was made. If it is never checked, it prevents no downgrade.",
                fix: fixedLabel, expect: .rejected
            ) { draft in draft.onceSigned { $0.elements[0].key = bytes(prefix) } }
        }
}
