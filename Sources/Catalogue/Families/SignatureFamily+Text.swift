internal import ReportModel
internal import Schemes

// The correct signature with something around it: spellings that one signature should not have.
extension SignatureFamily {
    private static let malleability =
        "A decoder that stops at the first invalid character gives one signature endless spellings, which "
        + "defeats a replay store keyed by its text."
    private static let wholeText =
        "Require that the text is exactly the signature: its length, its alphabet, nothing after it."

    static let malleable: [Case] = [
        trailing("digit", "a digit", "0", [.encoding(.hex)]),
        trailing("two-digits", "two digits", "00", [.encoding(.hex)]),
        trailing("letters", "letters that are not hexadecimal digits", "zz", [.encoding(.hex)]),
        trailing("semicolon", "a semicolon", ";", [.encoding(.hex)]),
        trailing("nul", "a NUL byte", "\0", []), trailing("percent", "a percent-encoded space", "%20", []),
        trailing("word", "a space and a letter", " x", [.prefix]),
        trailing("comma", "a comma", ",", [.prefix]),
        trailing("second-value", "a comma and a second, wrong value", ", sha256=" + zeros, [.prefix]),
        trailing("second-value-close", "a comma and a wrong value without a space", ",sha256=" + zeros, [.prefix]),
        trailing("dot", "a full stop", ".", []),
        trailing("character", "a character of the alphabet", "A", [.encoding(.base64)]),
        trailing("group", "four characters of the alphabet", "AAAA", [.encoding(.base64)]),
        trailing("padding", "more padding", "=", [.encoding(.base64)]),
        trailing("foreign", "a character outside the alphabet", "!", [.encoding(.base64)]),
        malleable("leading-zero-digits", "two leading zeros", [.encoding(.hex)]) { bytes("00") + $0 },
        malleable("twice", "a second copy of itself", []) { $0 + $0 },
        malleable("in-quotes", "quotation marks around it", []) { bytes("\"") + $0 + bytes("\"") },
    ]

    private static let zeros = String(repeating: "0", count: 64)

    private static func trailing(_ name: String, _ title: String, _ text: String, _ needs: [Requirement]) -> Case {
        malleable("trailing-\(name)", "\(title) after it", needs) { $0 + bytes(text) }
    }

    private static func malleable(
        _ name: String, _ title: String, _ needs: [Requirement], text: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Case {
        Case(
            "signature/\(name)", .should, .grammar, .low, covers: ["B07"], cwe: [347, 1286], needs: needs,
            changes: .signature, "The correct signature with \(title) is rejected.", why: malleability, fix: wholeText,
            expect: .rejected
        ) { $0.editSignature(text) }
    }

    // MARK: Prefix

    private static let prefixWhy =
        "If the prefix is searched for, or removed wherever it occurs, it is no longer part of the grammar: one "
        + "signature has many spellings."
    private static let prefixFix =
        "Require that the header begins with the prefix, and take everything after it as the signature."

    static let prefixes: [Case] = [
        prefix("none", "without its prefix") { _, value in value },
        prefix("doubled", "after two prefixes") { prefix, value in prefix + prefix + value },
        prefix("in-the-middle", "with its prefix after ten characters") { prefix, value in
            value.prefix(10) + prefix + value.dropFirst(10)
        },
        prefix("at-the-end", "with its prefix at the end") { prefix, value in value + prefix },
        prefix("without-equals", "with its prefix shortened by a character") { prefix, value in
            prefix.dropLast() + value
        },
        prefix("longer", "with a second equals sign") { prefix, value in prefix + bytes("=") + value },
        prefix("colon", "with a colon at the end of its prefix") { prefix, value in
            prefix.dropLast() + bytes(":") + value
        },
        prefix("after-letter", "with a letter before its prefix") { prefix, value in
            bytes("x") + prefix + value
        },
        prefix("other-function", "with the prefix sha512=", needs: [.not(.label("sha512="))]) { _, value in
            bytes("sha512=") + value
        },
        prefix("other-word", "after another word") { _, value in bytes("signature=") + value },
        Case(
            "signature/prefix-other-case", .may, .grammar, .info, covers: ["B08"], cwe: [178], needs: [.prefix],
            changes: .signature,
            "The correct signature with its prefix in the other letter case is accepted or rejected without an error.",
            why: "The documents show one spelling of the prefix and are silent about others; a gateway may change it.",
            fix: "Compare the prefix byte for byte.", expect: .either,
            keptFor: .interop("shows how the prefix is compared")
        ) { draft in
            draft.onceSigned { parts in
                parts.elements[0].key = parts.elements[0].key.map {
                    (0x41...0x5A).contains($0 & 0xDF) ? $0 ^ 0x20 : $0
                }
            }
        },
    ]

    private static func prefix(
        _ name: String, _ title: String, needs: [Requirement] = [],
        header: @escaping @Sendable (_ prefix: [UInt8], _ value: [UInt8]) -> [UInt8]
    ) -> Case {
        Case(
            "signature/prefix-\(name)", .should, .grammar, .low, covers: ["B08"], cwe: [1286],
            needs: [.prefix] + needs, changes: .signature, "The correct signature \(title) is rejected.",
            why: prefixWhy,
            fix: prefixFix, expect: .rejected
        ) { draft in draft.setHeader { header($0.label, $0.signature) } }
    }

    // MARK: Spaces

    static let whitespace: [Case] = [
        whitespace("after-prefix", "a space after its prefix", [.prefix]) { bytes(" ") + $0 },
        whitespace("in-the-middle", "a space in its middle", []) { $0.prefix(8) + bytes(" ") + $0.dropFirst(8) },
        whitespace("tab-in-front", "a leading tab", []) { bytes("\t") + $0 },
    ]

    private static func whitespace(
        _ name: String, _ title: String, _ needs: [Requirement], text: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Case {
        Case(
            "signature/whitespace-\(name)", .should, .grammar, .info, covers: ["B11"], cwe: [1286], needs: needs,
            changes: .signature, "The correct signature with \(title) is accepted or rejected without an error.",
            why: "Some senders put whitespace there by mistake. An endpoint may tolerate that or not, but it must not "
                + "crash.",
            fix: "Reject the text, or trim it, before you decode it.", expect: .either,
            keptFor: .interop("shows how whitespace is handled")
        ) { $0.editSignature(text) }
    }
}
