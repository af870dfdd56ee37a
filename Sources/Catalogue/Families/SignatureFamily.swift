internal import Cryptography
internal import ReportModel
internal import Schemes

/// The signature's value: forged, changed, cut, or written in another way.
enum SignatureFamily {
    static let cases: [Case] =
        forged + cut + changedBytes + cancelling + lengths + notEncoded + outsideASCII + otherEncodings + malleable
        + prefixes + blanks

    private struct Forgery: Sendable {
        let name: String
        let title: String
        var covers = ["A01"]
        var needs: [Requirement] = []
        var profile = Profile.standard
        let signature: @Sendable (SignedParts, _ key: [UInt8]) -> [UInt8]
    }

    private static let forgeries = [
        // The key of a token is a pair, and signs in another way: token/other-key.
        Forgery(name: "wrong-key", title: "made with another key", needs: [.not(.token)], profile: .smoke) {
            parts, _ in
            parts.signatureText(key: HashFunction.sha256.digest(bytes("countersign: another key")))
        },
        Forgery(name: "all-zero", title: "of zeros only", profile: .smoke) { parts, _ in parts.zeroSignature },
        Forgery(name: "all-ones", title: "of one bits only") { parts, _ in
            parts.scheme.signature.encoding.encode([UInt8](repeating: 0xFF, count: parts.mac.count))
        },
        Forgery(name: "of-nothing", title: "made over no bytes", covers: ["A01", "D05"]) { parts, key in
            parts.signatureText(over: [], key: key)
        },
        Forgery(name: "of-longer-message", title: "made over one byte more") { parts, key in
            parts.signatureText(over: parts.message + [0x20], key: key)
        },
        Forgery(name: "of-shorter-message", title: "made over one byte less") { parts, key in
            parts.signatureText(over: Array(parts.message.dropLast()), key: key)
        },
        Forgery(name: "of-other-message", title: "made over other bytes of the same length", profile: .smoke) {
            parts, key in
            parts.signatureText(over: parts.message.map { $0 ^ 0x01 }, key: key)
        },
        Forgery(name: "of-signature", title: "made over the right signature") { parts, key in
            parts.signatureText(over: parts.mac, key: key)
        },
    ]

    private static let forged: [Case] = forgeries.map { forgery in
        Case(
            "signature/\(forgery.name)", .must, .signature, .critical, covers: forgery.covers, cwe: [347],
            needs: forgery.needs, changes: .signature, "A request with a signature \(forgery.title) is refused.",
            why: "An endpoint that takes it takes a request from anyone who knows the address.",
            fix: "Compute the signature over what was received, compare the whole of it, and refuse when it differs.",
            expect: .rejected, profile: forgery.profile
        ) { draft in
            let key = draft.key
            draft.onceSigned { $0.signature = forgery.signature($0, key) }
        }
    }

    // MARK: Cut

    private static let cutWhy =
        "A comparison that stops at the end of the shorter text accepts the beginning of the right signature, and an "
        + "attacker guesses that in a few tries."
    private static let cutFix = "Refuse another length first, then compare every byte in constant time."

    private static let cut: [Case] =
        [
            Case(
                "signature/empty", .must, .signature, .critical, covers: ["A03", "B01", "B13"], cwe: [697, 347],
                needs: [.not(.label(""))], changes: .signature,
                "A request whose signature is an empty text in the right place is refused.",
                why: "Compared up to the shorter length, the empty text equals every signature: anyone can forge.",
                fix: cutFix, expect: .rejected, profile: .smoke
            ) { draft in draft.editSignature { _ in [] } }
        ]
        + [1, 2, 8, 16, 32, 62, 63, -1, -8, -63].map { cut(to: $0, .hex) }
        + [1, 2, 4, 8, 22, 40, 42, -1, -8, -42].map { cut(to: $0, .base64) }

    /// Keeps so many characters of the beginning, or of the end when the count is negative.
    private static func cut(to count: Int, _ encoding: SignatureEncoding) -> Case {
        let (end, length) = (count > 0 ? "first" : "last", abs(count))
        let unit = (encoding == .hex ? "digit" : "character") + (length == 1 ? "" : "s")
        return Case(
            "signature/\(end)-\(length)-\(unit)", .must, .signature, .critical, covers: ["B01", "B02"],
            cwe: [697, 347],
            needs: [.encoding(encoding)], changes: .signature,
            "A request with only the \(end) \(length == 1 ? "" : "\(length) ")\(unit) of its signature is refused.",
            why: cutWhy, fix: cutFix,
            expect: .rejected, profile: count == 8 ? .smoke : .standard
        ) { draft in draft.editSignature { Array(count > 0 ? $0.prefix(count) : $0.suffix(-count)) } }
    }
}
