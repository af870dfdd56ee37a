internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

// Duplicate values and header lines, and the names and order of lines.
extension HeaderFamily {
    private static let twoReadings =
        "Two readers that pick different copies of a repeated value check one and use the other. An old request "
        + "passes as fresh, or a filter in front of the endpoint sees a different value."
    private static let onlyOne = "Reject the request when a value that must be unique is repeated."

    // MARK: Timestamps

    static let repeatedTimestamps: [Case] =
        [("old-then-now", true), ("now-then-old", false)].flatMap { name, oldFirst in
            [
                Case(
                    "header/timestamp-\(name)", .must, .freshness, .high, covers: ["G01"], cwe: [694, 345],
                    needs: [.timestamp, .timestampField], changes: .signedMessage,
                    "An old signed request with a second, fresh timestamp "
                        + (oldFirst ? "after" : "before") + " its own is rejected.",
                    why: twoReadings, fix: onlyOne, expect: .rejected
                ) { draft in
                    let now = draft.timestamp
                    draft.timestamp = draft.stamp(after: -.days(365))
                    draft.onceSigned { parts in
                        guard case .field(let field) = parts.scheme.timestamp else { return }
                        parts.elements.insert(SignedParts.Element(bytes(field), now), at: oldFirst ? 1 : 0)
                    }
                },
                Case(
                    "header/timestamp-lines-\(name)", .must, .freshness, .high, covers: ["G06"], cwe: [444, 694],
                    needs: [.timestamp, .timestampHeader], changes: .signedTimestamp,
                    "An old signed request with a second, fresh timestamp line "
                        + (oldFirst ? "after" : "before") + " its own is rejected.",
                    why: twoReadings, fix: onlyOne, expect: .rejected
                ) { draft in
                    let now = draft.timestamp
                    draft.timestamp = draft.stamp(after: -.days(365))
                    guard case .header(let name) = draft.context.scheme.timestamp else { return }
                    draft.onTheWire { $0.headers.double(name, with: now, first: !oldFirst) }
                },
            ]
        } + [
            Case(
                "header/timestamp-twice", .should, .severalSignatures, .info, covers: ["G01"], cwe: [694],
                needs: [.timestamp, .timestampField], changes: .signature,
                "A request that repeats its timestamp is accepted or rejected without an error.",
                why: "Both copies are the same, so only a crash would do harm.", fix: onlyOne, expect: .either,
                keptFor: .interop("shows whether a repeated key is rejected")
            ) { draft in
                draft.onceSigned { parts in
                    guard case .field(let field) = parts.scheme.timestamp, let stamp = parts.timestamp else { return }
                    parts.elements.insert(SignedParts.Element(bytes(field), stamp), at: 0)
                }
            }
        ]

    // MARK: Lines

    static let repeatedLines: [Case] =
        [("good-first", false), ("bad-first", true)].flatMap { order, wrongFirst in
            [
                Case(
                    "header/two-signature-lines-\(order)", .should, .grammar, .medium, covers: ["G06"],
                    cwe: [444, 694], changes: .signature,
                    "A request with two signature lines, the \(wrongFirst ? "first" : "second") wrong, is rejected.",
                    why: twoReadings, fix: onlyOne, expect: .rejected
                ) { draft in
                    let name = draft.context.scheme.signature.header
                    let wrong = draft.headerWithWrongSignature()
                    draft.onTheWire { $0.headers.double(name, with: wrong, first: wrongFirst) }
                },
                Case(
                    "header/two-timestamp-lines-\(order)", .should, .timestamp, .medium, covers: ["G06"],
                    cwe: [444, 694], needs: [.timestamp, .timestampHeader], changes: .timestamp,
                    "A request with two timestamp lines, the \(wrongFirst ? "first" : "second") not its own, is "
                        + "rejected.",
                    why: twoReadings, fix: onlyOne, expect: .rejected
                ) { draft in
                    guard case .header(let name) = draft.context.scheme.timestamp else { return }
                    let other = draft.stamp(after: -.minutes(1))
                    draft.onTheWire { $0.headers.double(name, with: other, first: wrongFirst) }
                },
                Case(
                    "header/two-id-lines-\(order)", .should, .grammar, .medium, covers: ["G06"], cwe: [444, 694],
                    needs: [.signedEventID], changes: .eventID,
                    "A request with two id lines, the \(wrongFirst ? "first" : "second") not its own, is rejected.",
                    why: "The signature is checked with one id and duplicates are detected by the other, so a "
                        + "captured request takes effect again and again.",
                    fix: onlyOne, expect: .rejected
                ) { draft in
                    guard case .header(let name) = draft.context.scheme.eventID else { return }
                    let other = draft.eventID + bytes("_2")
                    draft.onTheWire { $0.headers.double(name, with: other, first: wrongFirst) }
                },
                Case(
                    "header/two-credential-lines-\(order)", .should, .credential, .medium, covers: ["G06"],
                    cwe: [444, 694], needs: [.credential], changes: .credential,
                    "A request with two credential lines, the \(wrongFirst ? "first" : "second") wrong, is rejected.",
                    why: twoReadings, fix: onlyOne, expect: .rejected
                ) { draft in
                    guard let name = draft.context.scheme.credentials.first?.header else { return }
                    draft.onTheWire {
                        $0.headers.double(name, with: bytes("not-the-credential"), first: wrongFirst)
                    }
                },
            ]
        } + [
            Case(
                "header/signature-line-twice", .may, .grammar, .info, covers: ["G06"], cwe: [694], changes: .signature,
                "A request with two identical signature lines is accepted or rejected without an error.",
                why:
                    "A retrying proxy may duplicate a line. Both copies are the same, so only a crash would do harm.",
                fix: onlyOne, expect: .either, keptFor: .interop("shows how repeated lines are read")
            ) { draft in
                let name = draft.context.scheme.signature.header
                draft.onTheWire { request in
                    if let value = request.headers.first(named: name) {
                        request.headers.double(name, with: value, first: false)
                    }
                }
            },
            Case(
                "header/two-values-bad-first", .should, .grammar, .medium, covers: ["G06", "B07"], cwe: [444, 1286],
                needs: [.prefix], changes: .signature,
                "A request whose single signature line contains a wrong and the correct value is rejected.",
                why: "A server that joins two lines with a comma produces this value (RFC 9110 §5.2).",
                fix: "Require that the whole value is one signature.", expect: .rejected
            ) { draft in draft.setHeader { $0.label + $0.zeroSignature + bytes(", ") + $0.header } },
        ]

    // MARK: Names

    private static let aliasWhy =
        "Servers that map headers to variables turn hyphens into underscores, and some tolerate a space before "
        + "the colon. A header that a proxy did not check becomes the one the endpoint trusts."
    private static let aliasFix = "Have the server drop such names, and look up the exact one."

    static let names: [Case] = [
        Case(
            "header/name-in-mixed-case", .must, .transport, .medium, covers: ["G07"], cwe: [178],
            changes: .signature, "A valid request whose signature header has a mixed-case name is accepted.",
            why: "Header names are case-insensitive (RFC 9110 §5.1), and gateways change their case.",
            fix: "Look up headers case-insensitively.", expect: .accepted
        ) { draft in
            draft.renameSignatureHeader { name in
                name.enumerated().map { place, byte in
                    place.isMultiple(of: 2) ? ASCII.lowercased(byte) : ASCII.uppercased(byte)
                }
            }
        },
        alias("underscores", "with underscores instead of hyphens") { name in
            name.contains(hyphen) ? name.map { $0 == hyphen ? underscore : $0 } : name + [underscore]
        },
        alias("space-before-colon", "with a trailing space") { $0 + [0x20] },
        alias("nul", "with a trailing NUL byte") { $0 + [0x00] },
        alias("without-hyphens", "without its hyphens") { name in
            name.contains(hyphen) ? name.filter { $0 != hyphen } : name + [hyphen]
        },
        Case(
            "header/wrong-beside-underscores", .should, .presence, .low, covers: ["G08"], cwe: [444],
            changes: [.signature, .headers],
            "A wrong signature is rejected even if the correct one is sent under the name with underscores.",
            why: aliasWhy, fix: aliasFix, expect: .rejected
        ) { draft in
            let name = bytes(draft.context.scheme.signature.header)
            let other = name.contains(hyphen) ? name.map { $0 == hyphen ? underscore : $0 } : name + [underscore]
            let wrong = draft.headerWithWrongSignature()
            draft.onTheWire { request in
                guard let place = request.headers.place(of: name) else { return }
                let right = request.headers.fields[place].value
                request.headers.fields[place].value = wrong
                request.headers.fields.append(HeaderField(name: other, value: right))
            }
        },
    ]

    private static let hyphen = UInt8(ascii: "-")
    private static let underscore = UInt8(ascii: "_")

    private static func alias(
        _ name: String, _ title: String, edit: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Case {
        Case(
            "header/name-\(name)", .should, .presence, .low, covers: ["G08"], cwe: [444],
            changes: [.signature, .headers],
            "A signature under the name of its header \(title) is rejected.", why: aliasWhy, fix: aliasFix,
            expect: .rejected
        ) { $0.renameSignatureHeader(edit) }
    }

    // MARK: Order and whitespace

    static let lines: [Case] = [
        Case(
            "header/lines-reversed", .must, .transport, .medium, covers: ["G03"], cwe: [1286], changes: .nothing,
            "A valid request whose header lines are in reverse order is accepted.",
            why: "Lines with different names have no order (RFC 9110 §5.3), and proxies sort them.",
            fix: "Look up headers by name.", expect: .accepted,
            keptFor: .interop("proxies and gateways reorder header lines")
        ) { draft in draft.onTheWire { $0.headers.fields.reverse() } },
        Case(
            "header/spaces-before-value", .should, .transport, .low, covers: ["B11"], cwe: [1286],
            changes: .signature, "A valid request with spaces before the signature header's value is accepted.",
            why: "Whitespace around a value is not part of it (RFC 9112 §5.1).",
            fix: "Trim header values as you parse them.",
            expect: .accepted, keptFor: .interop("clients differ in the spaces after the colon")
        ) { draft in draft.setHeader { bytes("  ") + $0.header } },
        Case(
            "header/tab-after-value", .may, .transport, .low, covers: ["B11"], cwe: [1286], changes: .signature,
            "A valid request with a tab after the signature header's value is accepted.",
            why: "Whitespace around a value is not part of it (RFC 9112 §5.1); small servers keep trailing whitespace.",
            fix: "Trim header values as you parse them.", expect: .accepted,
            keptFor: .interop("shows whether the server trims header values")
        ) { draft in draft.setHeader { $0.header + bytes("\t") } },
    ]
}

extension Draft {
    /// The signature header of the request with its signature replaced by zeros.
    fileprivate func headerWithWrongSignature() -> [UInt8] {
        var wrong = self
        wrong.onceSigned { $0.signature = $0.zeroSignature }
        return wrong.signedRequest().request.headers.first(named: context.scheme.signature.header) ?? []
    }

    /// Sends the signature header under another name.
    fileprivate mutating func renameSignatureHeader(_ edit: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        let name = bytes(context.scheme.signature.header)
        onTheWire { request in
            if let place = request.headers.place(of: name) { request.headers.fields[place].name = edit(name) }
        }
    }
}

extension Headers {
    /// The index of the first line with this name.
    fileprivate func place(of name: [UInt8]) -> Int? {
        fields.firstIndex { ASCII.equalsIgnoringCase($0.name, name) }
    }

    /// Adds a second line next to the one with this name.
    fileprivate mutating func double(_ name: String, with value: [UInt8], first: Bool) {
        guard let place = place(of: Array(name.utf8)) else { return }
        fields.insert(HeaderField(name: Array(name.utf8), value: value), at: first ? place : place + 1)
    }
}
