internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

/// The layout of the signature header, and the header lines around it: lists, order, whitespace, duplicates, names.
enum HeaderFamily {
    static let cases: [Case] =
        several + unknown + layouts + malformed + long + repeatedTimestamps + repeatedLines + names + lines

    /// One change of the elements of the signature header, given the index of the signature.
    typealias ElementsEdit = @Sendable (inout SignedParts, _ place: Int) -> Void

    static func editElements(_ draft: inout Draft, _ edit: @escaping ElementsEdit) {
        draft.onceSigned { parts in
            if let place = parts.signaturePlace { edit(&parts, place) }
        }
    }

    // MARK: Several signatures

    private struct Several: Sendable {
        let name: String
        let title: String
        var ceiling = Level.must
        let before: [@Sendable (SignedParts) -> [UInt8]]
        let after: [@Sendable (SignedParts) -> [UInt8]]

        func edit(_ parts: inout SignedParts, _ place: Int) {
            let label = parts.label
            let element = { (text: @Sendable (SignedParts) -> [UInt8]) in SignedParts.Element(label, text(parts)) }
            let (before, after) = (before.map(element), after.map(element))
            parts.elements.insert(contentsOf: after, at: place + 1)
            parts.elements.insert(contentsOf: before, at: place)
        }
    }

    private static let wrong: @Sendable (SignedParts) -> [UInt8] = { $0.zeroSignature }
    private static let otherKey: @Sendable (SignedParts) -> [UInt8] = {
        $0.signatureText(key: bytes("the other secret"))
    }
    private static let right: @Sendable (SignedParts) -> [UInt8] = { $0.signature }
    private static let empty: @Sendable (SignedParts) -> [UInt8] = { _ in [] }
    private static let short: @Sendable (SignedParts) -> [UInt8] = { Array($0.signature.prefix(8)) }
    private static let foreign: @Sendable (SignedParts) -> [UInt8] = { _ in bytes("not!a!signature") }

    private static let combinations = [
        Several(
            name: "good-then-bad", title: "a correct signature followed by a wrong one", before: [], after: [wrong]),
        Several(
            name: "bad-then-good", title: "a wrong signature followed by a correct one", before: [wrong], after: []),
        Several(
            name: "bad-good-bad", title: "a correct signature between two wrong ones", before: [wrong], after: [wrong]),
        Several(
            name: "good-then-other-key", title: "the correct signature followed by one under another key", before: [],
            after: [otherKey]),
        Several(
            name: "other-key-then-good", title: "a signature under another key followed by the correct one",
            before: [otherKey],
            after: []),
        Several(name: "good-twice", title: "the correct signature twice", ceiling: .should, before: [], after: [right]),
        Several(
            name: "malformed-then-good", title: "a malformed signature followed by the correct one", ceiling: .should,
            before: [foreign], after: []),
        Several(
            name: "good-then-malformed", title: "the correct signature followed by a malformed one", ceiling: .should,
            before: [], after: [foreign]),
        Several(
            name: "empty-then-good", title: "an empty signature followed by the correct one", ceiling: .should,
            before: [empty],
            after: []),
        Several(
            name: "short-then-good", title: "a truncated signature followed by the correct one", ceiling: .should,
            before: [short], after: []),
        Several(
            name: "four-bad-then-good", title: "the correct signature after four wrong ones", ceiling: .should,
            before: [wrong, otherKey, wrong, otherKey], after: []),
    ]

    private static let several: [Case] =
        combinations.map { combination in
            Case(
                "header/\(combination.name)", combination.ceiling, .severalSignatures, .medium, covers: ["G02"],
                cwe: [1286], needs: [.severalSignatures], changes: .signature,
                "A request with \(combination.title) is accepted.",
                why: "During a rotation, senders sign with both secrets. An endpoint that checks only the first or "
                    + "the last signature loses every delivery of that time.",
                fix: "Collect all signatures of the version, and accept the request when any of them is correct.",
                expect: .accepted,
                profile: combination.name == "bad-then-good" ? .smoke : .standard
            ) { editElements(&$0, combination.edit) }
        } + [
            Case(
                "header/two-bad", .must, .signature, .critical, covers: ["G02", "A01"], cwe: [347],
                needs: [.severalSignatures], changes: .signature, "A request with two wrong signatures is rejected.",
                why: "A loop that ends without a match must reject the request. One that keeps the last result, or "
                    + "compares the signatures with each other, does not.",
                fix: "Start from rejected, and accept only on a match.", expect: .rejected
            ) { draft in
                editElements(&draft) { parts, place in
                    parts.elements[place].value = parts.zeroSignature
                    parts.elements.insert(parts.elements[place], at: place)
                }
            }
        ]

    // MARK: Unknown elements

    private struct Unknown: Sendable {
        let name: String
        let title: String
        var needs: [Requirement] = []
        let before: Bool
        let key: String
        let value: String?
    }

    private static let unknownElements = [
        Unknown(
            name: "v2-after", title: "an unknown version v2 after its own", needs: [.not(.label("v2"))],
            before: false, key: "v2", value: nil),
        Unknown(
            name: "v2-in-front", title: "an unknown version v2 before its own", needs: [.not(.label("v2"))],
            before: true, key: "v2", value: nil),
        Unknown(
            name: "v0-after", title: "an old version v0 after its own", needs: [.not(.label("v0"))],
            before: false, key: "v0", value: nil),
        Unknown(
            name: "v0-in-front", title: "an old version v0 before its own", needs: [.not(.label("v0"))],
            before: true, key: "v0", value: nil),
        Unknown(
            name: "v1a-after", title: "a version v1a after its own", needs: [.not(.label("v1a"))],
            before: false, key: "v1a", value: nil),
        Unknown(
            name: "unknown-key-after", title: "an unknown key at its end", before: false, key: "foo", value: "bar"),
        Unknown(
            name: "unknown-key-in-front", title: "an unknown key at its start", before: true, key: "foo", value: "bar"),
        Unknown(
            name: "unknown-key-without-value", title: "an unknown key without a value", needs: [.fields],
            before: false, key: "foo", value: ""),
    ]

    private static let unknown: [Case] = unknownElements.map { unknown in
        Case(
            "header/\(unknown.name)", .must, .severalSignatures, .medium, covers: ["C05"], cwe: [1286],
            needs: [.severalSignatures] + unknown.needs, changes: .signature,
            "A request whose signature header has \(unknown.title) is accepted.",
            why:
                "Senders add versions and keys. An endpoint that fails on unknown ones loses every delivery the "
                + "day one is added.",
            fix: "Skip elements whose key you do not know.", expect: .accepted
        ) { draft in
            editElements(&draft) { parts, place in
                let value = unknown.value.map(bytes) ?? parts.zeroSignature
                parts.elements.insert(
                    SignedParts.Element(bytes(unknown.key), value), at: unknown.before ? place : place + 1)
            }
        }
    }
}
