internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

// A credential beside the signature: both are required, and neither replaces the other.
extension PresenceFamily {
    static let credentials: [Case] =
        wrongCredentials.map(wrongCredential) + [
            Case(
                "presence/credential-with-made-up-signature", .must, .signature, .critical, covers: ["A11"],
                cwe: [287, 347], needs: [.credential], changes: .signature,
                "A request with the correct credential and a made-up signature is rejected.",
                why:
                    "The credential is sent in the clear and ends up in logs. If it suffices, anyone who reads "
                    + "it can send any body.",
                fix: "Require both checks: reject as soon as either one fails.", expect: .rejected
            ) { draft in
                draft.editMAC { mac in mac.indices.map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) } }
            },
            Case(
                "presence/credential-as-signature", .must, .signature, .critical, covers: ["A11"], cwe: [287, 347],
                needs: [.credential], changes: .signature,
                "A request whose signature is the text of its credential is rejected.",
                why: "A verifier that keeps both values in one list confuses them.",
                fix: "Compare each header with its own value only.", expect: .rejected
            ) { draft in
                draft.onceSigned { parts in
                    if let id = parts.scheme.credentials.first?.id { parts.signature = parts.credentials[id] ?? [] }
                }
            },
        ]

    private struct WrongCredential: Sendable {
        let name: String
        let title: String
        let covers: [String]
        let why: String
        let edit: @Sendable ([UInt8]) -> [UInt8]?

        init(
            _ name: String, _ title: String, covers: [String], why: String,
            edit: @escaping @Sendable ([UInt8]) -> [UInt8]?
        ) {
            self.name = name
            self.title = title
            self.covers = covers
            self.why = why
            self.edit = edit
        }
    }

    private static let partial =
        "If the comparison stops at the shorter text, an attacker can guess one character at a time."
    private static let falsy =
        "Two missing values are equal: with an incomplete configuration, the check passes for everyone."
    private static let bytesOutside =
        "Some comparisons throw on a byte outside ASCII, so anyone can crash the handler with one header."

    private static let wrongCredentials = [
        WrongCredential(
            "wrong-credential", "another credential", covers: ["A11"],
            why: "The document requires both; a credential that is never compared adds nothing."
        ) { _ in bytes("not-the-credential") },
        WrongCredential("no-credential", "no credential", covers: ["A02", "A11"], why: falsy) { _ in nil },
        WrongCredential("empty-credential", "an empty credential", covers: ["A11"], why: falsy) { _ in [] },
        WrongCredential("credential-undefined", "undefined as its credential", covers: ["A08", "A11"], why: falsy) {
            _ in
            bytes("undefined")
        },
        WrongCredential(
            "credential-first-character", "only the first character of its credential", covers: ["A11"], why: partial
        ) {
            Array($0.prefix(1))
        },
        WrongCredential(
            "credential-without-last", "a credential without its last character", covers: ["A11"], why: partial
        ) {
            Array($0.dropLast())
        },
        WrongCredential(
            "credential-with-suffix", "an extra character at the end of its credential", covers: ["A11"], why: partial
        ) {
            $0 + bytes("x")
        },
        WrongCredential(
            "credential-last-changed", "a credential whose last character is changed", covers: ["A11"], why: partial
        ) {
            $0.dropLast() + [$0.last == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")]
        },
        WrongCredential("credential-byte-e9", "the byte E9 after its credential", covers: ["B05"], why: bytesOutside) {
            $0 + [0xE9]
        },
        WrongCredential("credential-byte-ff", "the byte FF after its credential", covers: ["B05"], why: bytesOutside) {
            $0 + [0xFF]
        },
        WrongCredential(
            "credential-utf8", "two bytes of UTF-8 after its credential", covers: ["B05"], why: bytesOutside
        ) {
            $0 + [0xC3, 0xA9]
        },
    ]

    private static func wrongCredential(_ wrong: WrongCredential) -> Case {
        Case(
            "presence/\(wrong.name)", .must, .credential, wrong.covers == ["B05"] ? .medium : .high,
            covers: wrong.covers, cwe: wrong.covers == ["B05"] ? [248, 703] : [287], needs: [.credential],
            changes: .credential, "A correctly signed request with \(wrong.title) is rejected.", why: wrong.why,
            fix: "Compare the whole credential as bytes, in constant time, and reject it when it is missing or empty.",
            expect: .rejected
        ) { draft in
            draft.onceSigned { parts in
                guard let id = parts.scheme.credentials.first?.id, let right = parts.credentials[id] else { return }
                parts.credentials[id] = wrong.edit(right)
            }
        }
    }
}
