internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

// The correct signature in the wrong place.
extension PresenceFamily {
    static let places: [Case] =
        [
            place("query-signature", "in the query as signature", .target) { request, value, _ in
                request.addQuery("signature", value)
            },
            place("query-header-name", "in the query under the header's name", .target) { request, value, scheme in
                request.addQuery(scheme.signature.header, value)
            },
            place("json-member", "in a member of the body", .body, needs: [.json]) { request, value, _ in
                guard let end = request.body.lastIndex(of: UInt8(ascii: "}")) else { return }
                let member = JSON.string(String(decoding: value, as: UTF8.self)).serialized()
                request.body.insert(contentsOf: bytes(#","signature":"#) + member, at: end)
            },
            place("cookie", "in a cookie", .headers) { request, value, _ in
                request.headers.append("Cookie", bytes("signature=") + value)
            },
            place("authorization", "in the Authorization header", .headers) { request, value, _ in
                request.headers.append("Authorization", bytes("Bearer ") + value)
            },
        ] + foreignHeaders.map(foreignHeader)

    private static let why =
        "Addresses and cookies end up in logs, proxies and browsers. Each additional place is one an attacker "
        + "can fill while a gateway checks another."
    private static let fix = "Read the signature from its one header and from nowhere else."

    private static func place(
        _ name: String, _ title: String, _ aspect: Change, needs: [Requirement] = [],
        put: @escaping @Sendable (inout HTTPRequest, [UInt8], Scheme) -> Void
    ) -> Case {
        Case(
            "presence/\(name)", .should, .presence, .low, covers: ["B15"], cwe: [598], needs: needs,
            changes: aspect.union(.signature), "A request whose signature is only \(title) is rejected.", why: why,
            fix: fix, expect: .rejected
        ) { draft in
            let scheme = draft.context.scheme
            draft.onTheWire { request in
                guard let value = request.take(scheme.signature.header) else { return }
                put(&request, value, scheme)
            }
        }
    }

    private static let foreignHeaders: [(name: String, header: String)] = [
        ("x-signature", "X-Signature"), ("x-signature-256", "X-Signature-256"),
        ("x-hub-signature", "X-Hub-Signature"), ("x-hub-signature-256", "X-Hub-Signature-256"),
        ("x-webhook-signature", "X-Webhook-Signature"), ("signature", "Signature"),
    ]

    private static func foreignHeader(_ other: (name: String, header: String)) -> Case {
        Case(
            "presence/other-header-\(other.name)", .should, .presence, .medium, covers: ["A12", "B15"],
            cwe: [757, 347], needs: [.not(.header(other.header))], changes: [.signature, .headers],
            "A request whose signature is only in \(other.header) is rejected.",
            why: "A verifier that tries one header after another is only as strong as the weakest scheme among them.",
            fix: fix, expect: .rejected
        ) { draft in
            let own = draft.context.scheme.signature.header
            draft.onTheWire { request in
                guard let value = request.take(own) else { return }
                request.headers.append(other.header, value)
            }
        }
    }
}

extension HTTPRequest {
    /// Appends a parameter to the query, percent-encoded.
    fileprivate mutating func addQuery(_ name: String, _ value: [UInt8]) {
        target += bytes(target.contains(UInt8(ascii: "?")) ? "&" : "?") + bytes(name) + bytes("=") + Self.escaped(value)
    }

    /// Returns a text percent-encoded (RFC 3986 §2.1), all but ASCII letters and digits.
    static func escaped(_ text: [UInt8]) -> [UInt8] {
        text.flatMap { byte in
            let isPlain =
                ASCII.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(ASCII.lowercased(byte))
            return isPlain ? [byte] : bytes("%" + Hex.string([byte]).uppercased())
        }
    }
}
