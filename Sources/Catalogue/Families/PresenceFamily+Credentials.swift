internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

// A credential beside the signature: both are needed, neither stands for the other.
extension PresenceFamily {
    static let credentials: [Case] =
        wrongCredentials.map(wrongCredential) + [
            Case(
                "presence/credential-with-made-up-signature", .must, .signature, .critical, covers: ["A11"],
                cwe: [287, 347], needs: [.credential], changes: .signature,
                "A request with the right credential and a made-up signature is refused.",
                why:
                    "The credential is sent in the clear and lands in logs. Where it is enough, whoever reads it writes "
                    + "any body.",
                fix: "Join the two checks with and: refuse as soon as either fails.", expect: .rejected
            ) { draft in
                draft.editMAC { mac in mac.indices.map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) } }
            },
            Case(
                "presence/credential-as-signature", .must, .signature, .critical, covers: ["A11"], cwe: [287, 347],
                needs: [.credential], changes: .signature,
                "A request whose signature is the text of its credential is refused.",
                why: "A verifier that holds the two values in one list takes the one for the other.",
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

    private static let partial = "A comparison that stops at the shorter text can be won one character after the other."
    private static let falsy =
        "Two values that are both missing are equal: where the configuration is incomplete, the check passes for "
        + "everyone."
    private static let bytesOutside =
        "One byte outside ASCII makes some comparisons throw, so that anyone takes the handler down with one line."

    private static let wrongCredentials = [
        WrongCredential(
            "wrong-credential", "another credential", covers: ["A11"],
            why: "The document asks for both; a credential that is not compared adds nothing."
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
            "credential-without-last", "the last character of its credential cut off", covers: ["A11"], why: partial
        ) {
            Array($0.dropLast())
        },
        WrongCredential(
            "credential-with-suffix", "a character too many in its credential", covers: ["A11"], why: partial
        ) {
            $0 + bytes("x")
        },
        WrongCredential(
            "credential-last-changed", "the last character of its credential changed", covers: ["A11"], why: partial
        ) {
            $0.dropLast() + [$0.last == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")]
        },
        WrongCredential("credential-byte-e9", "the byte E9 behind its credential", covers: ["B05"], why: bytesOutside) {
            $0 + [0xE9]
        },
        WrongCredential("credential-byte-ff", "the byte FF behind its credential", covers: ["B05"], why: bytesOutside) {
            $0 + [0xFF]
        },
        WrongCredential(
            "credential-utf8", "two bytes of UTF-8 behind its credential", covers: ["B05"], why: bytesOutside
        ) {
            $0 + [0xC3, 0xA9]
        },
    ]

    private static func wrongCredential(_ wrong: WrongCredential) -> Case {
        Case(
            "presence/\(wrong.name)", .must, .credential, wrong.covers == ["B05"] ? .medium : .high,
            covers: wrong.covers, cwe: wrong.covers == ["B05"] ? [248, 703] : [287], needs: [.credential],
            changes: .credential, "A rightly signed request with \(wrong.title) is refused.", why: wrong.why,
            fix: "Compare the whole credential as bytes, in constant time, and refuse when it is missing or empty.",
            expect: .rejected
        ) { draft in
            draft.onceSigned { parts in
                guard let id = parts.scheme.credentials.first?.id, let right = parts.credentials[id] else { return }
                parts.credentials[id] = wrong.edit(right)
            }
        }
    }
}
