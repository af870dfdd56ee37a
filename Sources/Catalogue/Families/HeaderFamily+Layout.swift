internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

// Order, whitespace and empty elements, and headers that follow no grammar.
extension HeaderFamily {
    static let layouts: [Case] =
        [
            Case(
                "header/signature-before-timestamp", .should, .severalSignatures, .medium, covers: ["G03"],
                cwe: [1286], needs: [.fields, .timestampField], changes: .signature,
                "A request whose signature comes before its timestamp is accepted.",
                why: "A list of keys and values has no order. Code that relies on positions breaks when a sender "
                    + "changes it.",
                fix: "Look up elements by key.", expect: .accepted
            ) { draft in draft.onceSigned { $0.elements.reverse() } }
        ] + looseTexts.map(loose)

    private struct Loose: Sendable {
        let name: String
        let title: String
        let need: Requirement
        let text: @Sendable (SignedParts) -> [UInt8]
    }

    private static func joined(_ parts: SignedParts, between: String, equals: String = "=") -> [UInt8] {
        Array(parts.elements.map { $0.key + bytes(equals) + $0.value }.joined(separator: bytes(between)))
    }

    private static let looseTexts = [
        Loose(name: "space-after-comma", title: "a space after its comma", need: .fields) {
            joined($0, between: ", ")
        },
        Loose(name: "space-before-comma", title: "a space before its comma", need: .fields) {
            joined($0, between: " ,")
        },
        Loose(name: "tab-after-comma", title: "a tab after its comma", need: .fields) { joined($0, between: ",\t") },
        Loose(name: "spaces-around-equals", title: "spaces around its equals signs", need: .fields) {
            joined($0, between: ",", equals: " = ")
        },
        Loose(name: "empty-element", title: "an empty element", need: .fields) { joined($0, between: ",,") },
        Loose(name: "comma-in-front", title: "a leading comma", need: .fields) { bytes(",") + $0.header },
        Loose(name: "comma-at-the-end", title: "a trailing comma", need: .fields) { $0.header + bytes(",") },
        Loose(name: "semicolons", title: "semicolons instead of commas", need: .fields) {
            joined($0, between: ";")
        },
        Loose(name: "spaces-between", title: "spaces instead of commas", need: .fields) { joined($0, between: " ") },
        Loose(name: "keys-in-upper-case", title: "its keys in upper case", need: .fields) { parts in
            var parts = parts
            for place in parts.elements.indices {
                parts.elements[place].key = parts.elements[place].key.map(ASCII.uppercased)
            }
            return parts.header
        },
        Loose(name: "element-without-equals", title: "an element without an equals sign", need: .fields) {
            $0.header + bytes(",foo")
        },
        Loose(name: "two-spaces-between", title: "two spaces between its entries", need: .list) {
            $0.header + bytes("  v1,") + $0.zeroSignature
        },
        Loose(name: "tab-between", title: "a tab between its entries", need: .list) {
            $0.header + bytes("\tv1,") + $0.zeroSignature
        },
        Loose(name: "comma-between", title: "a comma between its entries", need: .list) {
            $0.header + bytes(",v1,") + $0.zeroSignature
        },
        Loose(name: "version-in-upper-case", title: "its version in upper case", need: .list) { parts in
            parts.label.map(ASCII.uppercased) + bytes(",") + parts.signature
        },
    ]

    private static func loose(_ loose: Loose) -> Case {
        Case(
            "header/\(loose.name)", .should, .severalSignatures, .info, covers: ["G03", "B11"], cwe: [1286],
            needs: [loose.need], changes: .signature,
            "A request whose signature header has \(loose.title) is accepted or rejected without an error.",
            why: "Gateways and hand-written senders format lists this way. An endpoint may tolerate that or not, but "
                + "it must not crash.",
            fix: "Reject the header, or read it as if it were well-formed; never index into a part that may be "
                + "missing.",
            expect: .either, keptFor: .interop("shows how strictly the header is parsed")
        ) { $0.setHeader(loose.text) }
    }

    // MARK: No grammar

    private struct Malformed: Sendable {
        let name: String
        let title: String
        let needs: [Requirement]
        var level = Level.must
        let text: @Sendable (SignedParts) -> [UInt8]

        init(
            _ name: String, _ title: String, _ needs: [Requirement], level: Level = .must,
            text: @escaping @Sendable (SignedParts) -> [UInt8]
        ) {
            self.name = name
            self.title = title
            self.needs = needs
            self.level = level
            self.text = text
        }
    }

    private static let junk: [(name: String, title: String, text: String)] = [
        ("equals-sign", "an equals sign", "="), ("equals-signs", "two equals signs", "=="), ("comma", "a comma", ","),
        ("commas", "three commas", ",,,"), ("braces", "a pair of braces", "{}"),
        ("brackets", "a pair of brackets", "[]"),
        ("quotation-mark", "a quotation mark", "\""), ("percent", "a percent sign", "%"),
        ("backslash", "a backslash", "\\"), ("null", "the word null", "null"),
        ("prototype", "__proto__=1", "__proto__=1"),
    ]

    private static let malformedTexts: [Malformed] =
        junk.map { junk in
            // If nothing precedes the signature, these are texts in its place: signature/word-….
            Malformed("only-\(junk.name)", junk.title, [.not(.label(""))]) { _ in bytes(junk.text) }
        } + [
            Malformed("only-label", "its label with nothing after it", [.not(.label(""))]) { parts in
                Array(parts.label.prefix { $0 != UInt8(ascii: "=") && $0 != 0x20 })
            },
            Malformed("label-and-double-equals", "a label and equals signs", [.fields]) { parts in
                bytes("t=1=2,") + parts.label + bytes("==")
            },
            Malformed("keys-without-values", "its keys without values", [.fields]) { parts in
                Array(parts.elements.map(\.key).joined(separator: bytes(",")))
            },
            Malformed("timestamp-only", "only its timestamp", [.fields, .timestampField]) { parts in
                bytes("t=") + (parts.timestamp ?? [])
            },
            Malformed("key-only", "the letter of its timestamp", [.fields, .timestampField]) { _ in bytes("t") },
            Malformed("no-timestamp-field", "its signature without the timestamp", [.fields, .timestampField]) {
                parts in
                parts.label + bytes("=") + parts.signature
            },
            Malformed("no-keys", "its values without keys", [.fields], level: .should) { parts in
                Array(parts.elements.map(\.value).joined(separator: bytes(",")))
            },
            Malformed("signature-alone", "only the signature without its label", [.severalSignatures], level: .should) {
                $0.signature
            },
            Malformed("json", "the elements as JSON", [.fields], level: .should) { parts in
                let members = parts.elements.map { bytes(#"""#) + $0.key + bytes(#"":""#) + $0.value + bytes(#"""#) }
                return bytes("{") + Array(members.joined(separator: bytes(","))) + bytes("}")
            },
            Malformed("empty-entries", "a version and two commas", [.list]) { $0.label + bytes(",,") },
            Malformed("entry-without-signature", "a version and a comma between spaces", [.list]) {
                $0.label + bytes(" , ") + $0.label
            },
            Malformed(
                "space-for-comma", "a version and a signature joined by a space instead of a comma", [.list],
                level: .should
            ) {
                $0.label + bytes(" ") + $0.signature
            },
            Malformed(
                "equals-for-comma", "a version and a signature joined by an equals sign instead of a comma", [.list],
                level: .should
            ) {
                $0.label + bytes("=") + $0.signature
            },
            Malformed("version-twice", "its version twice", [.list], level: .should) {
                $0.label + bytes(",") + $0.label + bytes(",") + $0.signature
            },
            Malformed("eight-kilobytes-of-fields", "eight kilobytes of elements", [.fields]) { parts in
                repeated(parts.label + bytes("=a,"), upTo: 8192)
            },
            Malformed("eight-kilobytes-of-entries", "eight kilobytes of entries", [.list]) { parts in
                repeated(parts.label + bytes(",a "), upTo: 8192)
            },
            Malformed("eight-kilobytes-of-values", "eight kilobytes of values", [.prefix]) { parts in
                repeated(parts.label + bytes("a,"), upTo: 8192)
            },
        ]

    static func repeated(_ text: [UInt8], upTo length: Int) -> [UInt8] {
        Array(repeatElement(text, count: length / text.count).joined())
    }

    static let malformed: [Case] = malformedTexts.map { malformed in
        Case(
            "header/\(malformed.name)", malformed.level, .grammar, malformed.level == .must ? .medium : .low,
            covers: malformed.name == "no-timestamp-field" ? ["G04", "A02"] : ["G04"], cwe: [1286, 248],
            needs: malformed.needs, changes: .signature,
            "A request whose signature header is \(malformed.title) is rejected.",
            why: "Code that splits and indexes fails when a part is missing. One header from an attacker causes a "
                + "500, or an undefined value reaches the comparison.",
            fix: "Check each part as you parse it, and reject the header when one is missing.", expect: .rejected
        ) { $0.setHeader(malformed.text) }
    }

    // MARK: Long lists

    private static let unbounded =
        "If each element costs a comparison, or even an HMAC of the whole body, a single request keeps the "
        + "endpoint busy."
    private static let bound = "Compute the HMAC once per secret, and stop parsing after a handful of signatures."

    static let long: [Case] = [
        Case(
            "header/fifty-bad", .must, .signature, .low, covers: ["G05"], cwe: [407], needs: [.severalSignatures],
            changes: .signature, "A request with fifty wrong signatures is rejected.", why: unbounded, fix: bound,
            expect: .rejected
        ) { draft in
            editElements(&draft) { parts, place in
                let wrong = SignedParts.Element(parts.label, parts.zeroSignature)
                parts.elements.replaceSubrange(place...place, with: repeatElement(wrong, count: 50))
            }
        },
        Case(
            "header/fifty-bad-then-good", .should, .severalSignatures, .info, covers: ["G05"], cwe: [407],
            needs: [.severalSignatures], changes: .signature,
            "A request whose correct signature follows fifty wrong ones is accepted or rejected without an error.",
            why: "A limit on the number of signatures is sound. So is no limit, if each costs only a comparison.",
            fix: bound, expect: .either, keptFor: .interop("shows whether the number of signatures is limited")
        ) { draft in
            editElements(&draft) { parts, place in
                let wrong = SignedParts.Element(parts.label, parts.zeroSignature)
                parts.elements.insert(contentsOf: repeatElement(wrong, count: 50), at: place)
            }
        },
        Case(
            "header/long-list-and-long-body", .must, .signature, .low, covers: ["G05"], cwe: [407],
            needs: [.severalSignatures, .json], changes: [.body, .message, .signature],
            "A request with a thousand wrong signatures and a body of a megabyte is rejected in time.", why: unbounded,
            fix: bound, expect: .rejected, profile: .audit
        ) { draft in
            let text = String(repeating: "a", count: 1 << 20)
            draft.payload = draft.payload.replacing(
                pointer: draft.context.payload.textPointer, with: .string(text))
            editElements(&draft) { parts, place in
                let wrong = SignedParts.Element(parts.label, bytes("a"))
                parts.elements.replaceSubrange(place...place, with: repeatElement(wrong, count: 1000))
            }
        },
    ]
}
