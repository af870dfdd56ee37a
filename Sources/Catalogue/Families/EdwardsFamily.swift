internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes

/// What can go wrong with Ed25519 but not with a MAC: 64-byte signatures, key pairs.
enum EdwardsFamily {
    static let cases: [Case] = texts + values + keys

    // MARK: Texts that do not encode 64 bytes

    private static let texts: [Case] = [
        text("one-digit-short", "is missing its last digit") { Array($0.dropLast()) },
        text("one-byte-short", "is missing its last two digits") { Array($0.dropLast(2)) },
        text("one-digit-long", "has one extra digit") { $0 + [UInt8(ascii: "0")] },
        text("one-byte-long", "has two extra digits") { $0 + bytes("00") },
        text("twice", "is doubled") { $0 + $0 },
        text("first-half", "ends after R") { Array($0.prefix(64)) },
        text("ends-in-letters", "ends in two letters that are not hexadecimal digits") { $0.dropLast(2) + bytes("zz") },
        Case(
            "edwards/zero-byte-as-letters", .should, .signature, .low, covers: ["C10"], cwe: [1286, 347],
            needs: [.ed25519, .encoding(.hex)], changes: .signedBody,
            "A correct signature in which a zero byte is written as two letters is rejected.",
            why: "A decoder that turns unreadable pairs into zeros gives one signature many spellings, which defeats "
                + "a replay store keyed by its text.",
            fix: "Reject text with anything but hexadecimal digits before you decode it.", expect: .rejected
        ) { draft in
            draft.findZeroByte()
            draft.onceSigned { parts in
                guard let place = parts.mac.firstIndex(of: 0) else { return }
                parts.signature.replaceSubrange((place * 2)..<(place * 2 + 2), with: bytes("zz"))
            }
        },
    ]

    private static func text(
        _ name: String, _ title: String, edit: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Case {
        Case(
            "edwards/\(name)", .must, .signature, .medium, covers: ["C10"], cwe: [248, 755],
            needs: [.ed25519, .encoding(.hex)], changes: .signature,
            "A request whose signature \(title) is rejected.",
            why: "Libraries throw on a signature that is not 64 bytes long. If nothing catches the error, anyone can "
                + "cause a 500; if it is treated as success, everyone gets in.",
            fix: "Treat anything but 128 hexadecimal digits as a wrong signature.", expect: .rejected,
            profile: name == "one-digit-short" ? .smoke : .standard
        ) { draft in draft.editSignature(edit) }
    }

    // MARK: Values that only a careless verifier accepts

    private static let values: [Case] = [
        value(
            "s-plus-order", "whose S has the group order added", .should, .low, ["C11"],
            why:
                "A verifier that does not require a reduced S accepts a second signature that anyone can compute "
                + "from the first. That defeats a replay store keyed by the signature."
        ) { $0.prefix(32) + EdwardsOrder.added(to: Array($0.suffix(32))) },
        value(
            "neutral", "made of the neutral point and zero", .must, .critical, ["A01", "C11"],
            why: "It is valid for every message under a public key of small order, and an unset key may be one."
        ) { _ in [1] + [UInt8](repeating: 0, count: 63) },
        value(
            "halves-swapped", "whose halves are swapped", .must, .critical, ["A01"],
            why: "It belongs to no message; a verifier that accepts it checks nothing."
        ) { $0.suffix(32) + $0.prefix(32) },
        Case(
            "edwards/digest-signed", .must, .message, .medium, covers: ["C03"], cwe: [347], needs: [.ed25519],
            changes: .signedMessage, "The signature of the message's SHA-512 is rejected.",
            why: "A verifier that hashes first uses a different algorithm from the sender's, and rejects its real "
                + "requests.",
            fix: "Pass the message itself to the library; Ed25519 hashes it.", expect: .rejected
        ) { $0.message = HashFunction.sha512.digest($0.message) },
    ]

    private static func value(
        _ name: String, _ title: String, _ ceiling: Level, _ severity: Severity, _ covers: [String], why: String,
        edit: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Case {
        Case(
            "edwards/\(name)", ceiling, .signature, severity, covers: covers, cwe: [347], needs: [.ed25519],
            changes: .signature, "A request with a signature \(title) is rejected.", why: why,
            fix: "Verify with a library that follows RFC 8032 §5.1.7, and reject keys of small order.",
            expect: .rejected
        ) { draft in draft.editMAC(edit) }
    }

    // MARK: Keys

    private static let keys: [Case] = [
        key(
            "other-key", "under another key", ["A01", "A13"],
            why:
                "Anyone can make a key. A verifier that accepts it uses a key from the request, or verifies nothing."
        ) { $0.key = HashFunction.sha256.digest($0.key) },
        key(
            "published-key", "under the first key of RFC 8032", ["A07"],
            why: "Sample keys reach production when the setting is missing. Anyone who reads the RFC can sign."
        ) { $0.key = rfcSeed },
        key(
            "hmac-sha512-under-public-key", "that is an HMAC-SHA512 under the public key", ["C02", "C08"],
            why:
                "The public key is public. If an endpoint can be made to use it as a shared secret, anyone can sign."
        ) { draft in
            draft.key = publicKey(of: draft)
            draft.algorithm = .hmac(.sha512)
        },
        key(
            "hmac-sha256-under-public-key", "that is an HMAC-SHA256 under the public key's digits", ["C02", "C08"],
            why:
                "The public key is public. If an endpoint can be made to use it as a shared secret, anyone can sign."
        ) { draft in
            draft.key = Hex.encode(publicKey(of: draft))
            draft.algorithm = .hmac(.sha256)
        },
    ]

    private static func key(
        _ name: String, _ title: String, _ covers: [String], why: String,
        edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "edwards/\(name)", .must, .key, .critical, covers: covers, cwe: [347, 798], needs: [.ed25519],
            changes: .signature, "A request with a signature \(title) is rejected.", why: why,
            fix: "Verify with Ed25519 and the app's one public key, and fail at start-up when it is missing.",
            expect: .rejected, profile: name == "other-key" ? .smoke : .standard, probe: edit)
    }

    /// The seed of RFC 8032 §7.1, test 1.
    private static let rfcSeed: [UInt8] = [
        0x9D, 0x61, 0xB1, 0x9D, 0xEF, 0xFD, 0x5A, 0x60, 0xBA, 0x84, 0x4A, 0xF4, 0x92, 0xEC, 0x2C, 0xC4,
        0x44, 0x49, 0xC5, 0x69, 0x7B, 0x32, 0x69, 0x19, 0x70, 0x3B, 0xAC, 0x03, 0x1C, 0xAE, 0x7F, 0x60,
    ]

    private static func publicKey(of draft: Draft) -> [UInt8] { (try? Ed25519.publicKey(seed: draft.key)) ?? [] }
}

/// The order L of the group, 2^252 + 27742317777372353535851937790883648493 (RFC 8032 §5.1).
private enum EdwardsOrder {
    private static let bytes: [UInt8] = [
        0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10,
    ]

    /// Adds L to a 32-byte little-endian number. A reduced number stays within 32 bytes.
    static func added(to number: [UInt8]) -> [UInt8] {
        var carry: UInt16 = 0
        return zip(number, bytes).map { left, right in
            let sum = UInt16(left) + UInt16(right) + carry
            carry = sum >> 8
            return UInt8(truncatingIfNeeded: sum)
        }
    }
}

extension Draft {
    /// Changes the text until the signature contains a zero byte, as about one in five does.
    fileprivate mutating func findZeroByte() {
        let text = context.text
        for number in 0..<200 where !algorithm.sign(message, key: key).contains(0) {
            payload = payload.replacing(pointer: context.payload.textPointer, with: .string("\(text) \(number)"))
        }
    }
}
