internal import Cryptography
internal import ReportModel
internal import Schemes

/// The signature's value: forged, changed, truncated, or written in another way.
enum SignatureFamily {
    static let cases: [Case] =
        forged + cut + changedBytes + cancelling + lengths + notEncoded + outsideASCII + otherEncodings + malleable
        + prefixes + whitespace

    private struct Forgery: Sendable {
        let name: String
        let title: String
        var covers = ["A01", "A18"]
        var needs: [Requirement] = []
        var profile = Profile.standard
        let signature: @Sendable (SignedParts, _ key: [UInt8]) -> [UInt8]
    }

    private static let forgeries = [
        // A token's key is a key pair and signs differently: token/other-key.
        Forgery(name: "wrong-key", title: "made with another key", needs: [.not(.token)], profile: .smoke) {
            parts, _ in
            parts.signatureText(key: HashFunction.sha256.digest(bytes("countersign: another key")))
        },
        Forgery(name: "all-zero", title: "of all zero bits", profile: .smoke) { parts, _ in parts.zeroSignature },
        Forgery(name: "all-ones", title: "of all one bits") { parts, _ in
            parts.scheme.signature.encoding.encode([UInt8](repeating: 0xFF, count: parts.mac.count))
        },
        Forgery(name: "of-nothing", title: "made over an empty body", covers: ["A01", "D05"]) { parts, key in
            parts.signatureText(over: [], key: key)
        },
        Forgery(name: "of-longer-message", title: "made over one extra byte") { parts, key in
            parts.signatureText(over: parts.message + [0x20], key: key)
        },
        Forgery(name: "of-shorter-message", title: "made over one byte less") { parts, key in
            parts.signatureText(over: Array(parts.message.dropLast()), key: key)
        },
        Forgery(name: "of-other-message", title: "made over other bytes of the same length", profile: .smoke) {
            parts, key in
            parts.signatureText(over: parts.message.map { $0 ^ 0x01 }, key: key)
        },
        Forgery(name: "of-signature", title: "made over the correct signature") { parts, key in
            parts.signatureText(over: parts.mac, key: key)
        },
    ]

    private static let forged: [Case] = forgeries.map { forgery in
        Case(
            "signature/\(forgery.name)", .must, .signature, .critical, covers: forgery.covers, cwe: [347],
            needs: forgery.needs, changes: .signature, "A request with a signature \(forgery.title) is rejected.",
            why: "An endpoint that accepts it accepts requests from anyone who knows the address.",
            fix: "Compute the signature over what was received, compare all of it, and reject any difference.",
            expect: .rejected, profile: forgery.profile
        ) { draft in
            let key = draft.key
            draft.onceSigned { $0.signature = forgery.signature($0, key) }
        }
    }

    // MARK: Truncated

    private static let cutWhy =
        "A comparison that stops at the shorter text accepts the beginning of the correct signature, which an "
        + "attacker can guess in a few tries."
    private static let cutFix = "Reject any other length first, then compare every byte in constant time."

    private static let cut: [Case] =
        [
            Case(
                "signature/empty", .must, .signature, .critical, covers: ["A03", "B01", "B13"], cwe: [697, 347],
                needs: [.not(.label(""))], changes: .signature,
                "A request with an empty signature in the right place is rejected.",
                why: "Compared only up to the shorter length, an empty text equals every signature: anyone can forge.",
                fix: cutFix, expect: .rejected, profile: .smoke
            ) { draft in draft.editSignature { _ in [] } }
        ]
        + [1, 2, 8, 16, 32, 62, 63, -1, -8, -63].map { cut(to: $0, .hex) }
        + [1, 2, 4, 8, 22, 40, 42, -1, -8, -42].map { cut(to: $0, .base64) }

    /// Keeps that many characters from the beginning, or from the end when the count is negative.
    private static func cut(to count: Int, _ encoding: SignatureEncoding) -> Case {
        let (end, length) = (count > 0 ? "first" : "last", abs(count))
        let unit = (encoding == .hex ? "digit" : "character") + (length == 1 ? "" : "s")
        return Case(
            "signature/\(end)-\(length)-\(unit)", .must, .signature, .critical, covers: ["B01", "B02"],
            cwe: [697, 347],
            needs: [.encoding(encoding)], changes: .signature,
            "A request with only the \(end) \(length == 1 ? "" : "\(length) ")\(unit) of its signature is rejected.",
            why: cutWhy, fix: cutFix,
            expect: .rejected, profile: count == 8 ? .smoke : .standard
        ) { draft in draft.editSignature { Array(count > 0 ? $0.prefix(count) : $0.suffix(-count)) } }
    }
}
