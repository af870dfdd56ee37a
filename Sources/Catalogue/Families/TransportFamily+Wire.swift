internal import Bytes
internal import ReportModel
internal import Schemes
package import Transport

/// Paths that name the endpoint in another way. If a router accepts them, the verifier must still run.
extension TransportFamily {
    static let paths: [Case] = variants.flatMap { variant in
        [
            Case(
                "transport/signed-\(variant.name)-decided", .should, .transport, .low, covers: ["K07"], cwe: [436],
                changes: [.target], "A valid request to \(variant.title) is accepted or rejected without an error.",
                why: "The endpoint may accept the path or reject it, but must not crash on it.",
                fix: "Route by the exact path, and answer any other with 404.", expect: .either
            ) { draft in draft.onTheWire { $0.target = variant.edit($0.target) } },
            Case(
                "transport/unsigned-\(variant.name)", .must, .presence, .medium, covers: ["K07"], cwe: [436, 288],
                changes: [.target, .signature], "An unsigned request to \(variant.title) is rejected.",
                why:
                    "If one spelling of the path is verified but the router accepts several, the others are open "
                    + "to anyone.",
                fix: "Verify inside the handler, not by a rule on the path.", expect: .rejected
            ) { draft in
                draft.onTheWire { $0.target = variant.edit($0.target) }
                draft.dropSignature()
            },
        ]
    }

    private struct PathVariant {
        let name: String
        let title: String
        let edit: @Sendable ([UInt8]) -> [UInt8]

        init(_ name: String, _ title: String, edit: @escaping @Sendable ([UInt8]) -> [UInt8]) {
            self.name = name
            self.title = title
            self.edit = edit
        }

        /// A change of the path that leaves the query unchanged.
        static func ofPath(_ edit: @escaping @Sendable ([UInt8]) -> [UInt8]) -> @Sendable ([UInt8]) -> [UInt8] {
            { target in
                let path = target.prefix { $0 != UInt8(ascii: "?") }
                return edit(Array(path)) + target.dropFirst(path.count)
            }
        }
    }

    private static let variants: [PathVariant] = [
        PathVariant("query", "the path with a query") { target in
            target + Array((target.contains(UInt8(ascii: "?")) ? "&x=1" : "?x=1").utf8)
        },
        PathVariant("trailing-slash", "the path with a trailing slash", edit: PathVariant.ofPath { $0 + [0x2F] }),
        PathVariant("double-slash", "the path with two leading slashes", edit: PathVariant.ofPath { [0x2F] + $0 }),
        PathVariant("dot-segment", "the path with a dot segment", edit: PathVariant.ofPath { Array("/.".utf8) + $0 }),
        PathVariant(
            "parent-segment", "the path via another directory",
            edit: PathVariant.ofPath { Array("/other/..".utf8) + $0 }),
        PathVariant(
            "encoded-letter", "the path with a letter percent-encoded",
            edit: PathVariant.ofPath { path in
                guard path.count > 1 else { return path }
                return path.dropLast() + [UInt8(ascii: "%")] + Hex.encode(path.suffix(1))
            }),
        PathVariant("upper-case", "the path in upper case", edit: PathVariant.ofPath { $0.map(ASCII.uppercased) }),
        PathVariant(
            "parameter", "the path with a parameter after a semicolon",
            edit: PathVariant.ofPath { $0 + Array(";x=1".utf8) }),
        PathVariant(
            "suffix", "the path with a file extension", edit: PathVariant.ofPath { $0 + Array(".json".utf8) }),
    ]
}

/// How the body is delimited, and what is asked before it is sent.
extension TransportFamily {
    static let framings: [Case] = chunks + handWritten + expectations

    /// A server may require a length (411, RFC 9112 §6.3), so support for chunks is a recommendation.
    private static let chunks: [Case] =
        [
            ("one-chunk", "one chunk", 1 << 20, Profile.standard), ("one-byte", "chunks of one byte", 1, .standard),
            ("seven-bytes", "chunks of seven bytes", 7, .standard),
        ].map { name, title, size, profile in
            Case(
                "transport/chunked-\(name)", .should, .transport, .medium, covers: ["D17"], cwe: [345, 444],
                changes: .framing, "A valid request in \(title) is accepted.",
                why:
                    "Gateways send chunks. An endpoint that takes a missing length for an empty body, or the "
                    + "first chunk for the whole, rejects every delivery.",
                fix: "Read the body to its end, however it is framed.", expect: .accepted, profile: profile
            ) { $0.framing = .chunked(size: size) }
        } + [
            // A server that decodes no chunks shows every handler an empty body, so this alone is no forgery.
            Case(
                "transport/chunked-inside-characters", .should, .transport, .medium, covers: ["D17", "D22"],
                cwe: [172, 436], needs: [.json], changes: .framing,
                "A valid request is accepted in chunks that end inside characters.",
                why:
                    "An endpoint that decodes each piece of the body by itself destroys the characters that two pieces "
                    + "share, and computes a different signature.",
                fix: "Collect the body as bytes, and decode it when it is complete.", expect: .accepted,
                control: { $0.say("署名 サイン 서명 👍🏽") }
            ) { $0.framing = .chunked(size: 5) },
            // Characters of three bytes, cut every 256 bytes: of three cuts in a row, two are inside of one.
            Case(
                "transport/pieces-inside-characters", .must, .transport, .medium, covers: ["D22"], cwe: [172, 436],
                needs: [.json], changes: .framing,
                "A valid request is accepted whose body arrives in pieces that end inside characters.",
                why:
                    "A network delivers a body in pieces of any size. An endpoint that decodes each piece by itself "
                    + "destroys the characters that two pieces share, and rejects long deliveries at random.",
                fix: "Collect the body as bytes, and decode it when it is complete.", expect: .accepted,
                control: { $0.say(String(repeating: "署", count: 300)) }
            ) { $0.framing = .pieces(size: 256) },
            Case(
                "transport/chunked-with-signature-of-nothing", .should, .rawBody, .medium, covers: ["D17"],
                cwe: [345, 444],
                needs: [.signedBody], changes: [.framing, .message, .signature],
                "The signature of an empty body is rejected for a chunked body.",
                why:
                    "If a missing length means an empty body to the verifier but not to the handler, one "
                    + "signature is valid for every body.",
                fix: "Read the body to its end, then verify and parse the same bytes.", expect: .rejected
            ) { draft in
                draft.framing = .chunked(size: 16)
                draft.signBody(as: [])
            },
            Case(
                "transport/chunked-unsigned", .must, .presence, .critical, covers: ["A15", "D17"], cwe: [306, 444],
                changes: [.framing, .signature], "An unsigned chunked request is rejected.",
                why: "A verifier that skips requests without a declared length verifies nothing that comes in chunks.",
                fix: "Read the body to its end, then verify it, however it is framed.", expect: .rejected
            ) { draft in
                draft.framing = .chunked(size: 16)
                draft.dropSignature()
            },
            Case(
                "transport/chunked-with-signature-of-first-chunk", .must, .rawBody, .high, covers: ["D17"],
                cwe: [345, 444],
                needs: [.signedBody], changes: [.framing, .message, .signature],
                "The signature of the first chunk is rejected for a chunked body.",
                why: "A verifier that reads once sees only the first chunk; an attacker can write the rest.",
                fix: "Read the body to its end, then verify and parse the same bytes.", expect: .rejected
            ) { draft in
                draft.framing = .chunked(size: 16)
                draft.signBody(as: Array(draft.body.prefix(16)))
            },
        ]

    private static let handWritten: [Case] = [
        Case(
            "transport/chunk-extensions-decided", .should, .transport, .low, covers: ["D17"], cwe: [444],
            changes: [.framing, .body, .headers],
            "A valid request whose chunks have extensions is accepted or rejected without an error.",
            why:
                "Extensions are not part of the body (RFC 9112 §7.1.1). A parser that includes them verifies "
                + "other bytes.",
            fix: "Skip chunk extensions, or reject the request with 400.", expect: .either
        ) { draft in
            draft.onTheWire { request in
                request.chunkByHand(extensions: ";countersign=1", trailers: "")
            }
        },
        Case(
            "transport/signature-in-trailer", .should, .presence, .low, covers: ["D17"], cwe: [444, 345],
            needs: [.delivered(.trailers)], changes: [.framing, .body, .headers, .signature],
            "A request whose signature follows its body, in a trailer, is rejected.",
            why:
                "Trailers are not headers (RFC 9110 §6.5.1). A server that merges them lets a request change its "
                + "headers after proxies have checked them.",
            fix: "Answer 411 to requests without a Content-Length, which senders of this scheme give, or have the "
                + "proxy drop trailers.", expect: .rejected
        ) { draft in
            let name = draft.context.scheme.signature.header
            draft.onTheWire { request in
                let value = request.headers.first(named: name) ?? []
                request.headers.remove(name)
                request.chunkByHand(extensions: "", trailers: "\(name): \(String(decoding: value, as: UTF8.self))\r\n")
            }
        },
        Case(
            "transport/two-lengths-decided", .should, .transport, .medium, covers: ["K10"], cwe: [444],
            needs: [.signedBody], changes: [.framing, .body, .headers],
            "A valid chunked request that also has a length is accepted or rejected without an error.",
            why: "Proxy and endpoint may disagree about where such a request ends, so another request can hide in it.",
            fix: "Reject a request with both, or trust the chunks and close the connection (RFC 9112 §6.3).",
            expect: .either
        ) { draft in
            draft.onTheWire { request in
                request.chunkByHand(extensions: "", trailers: "")
                request.headers.append("Content-Length", Array(String(request.body.count).utf8))
            }
        },
    ]

    /// What something between sender and endpoint may reject before the endpoint sees it.
    static let filtered: [Case] = [
        Case(
            "transport/no-user-agent", .may, .transport, .info, covers: ["K11"], cwe: [436], changes: .headers,
            "A valid request without a User-Agent is accepted.",
            why: "Firewalls reject requests without a User-Agent, and some senders have none.",
            fix: "Exempt the path of the endpoint from the filter. The signature is the check.", expect: .accepted
        ) { draft in draft.onTheWire { $0.headers.remove("User-Agent") } },
        Case(
            "transport/text-like-an-attack", .may, .transport, .info, covers: ["K11"], cwe: [436], needs: [.json],
            changes: .signedBody, "A valid request whose text looks like an attack is accepted.",
            why: "Firewalls reject texts that people write about code, and the sender sees a rejected signature.",
            fix: "Exempt the path of the endpoint from the filter. The signature is the check.", expect: .accepted
        ) { $0.say("<script>alert(1)</script> ' OR 1=1 -- ../../etc/passwd ${jndi:ldap://example.invalid/a}") },
    ]

    private static let expectations: [Case] = [
        Case(
            "transport/expect-continue", .should, .transport, .low, covers: ["K10"], cwe: [444], changes: .headers,
            "A valid request that expects 100 Continue is accepted.",
            why: "Some HTTP clients wait for 100 Continue before they send a body. An endpoint that can't answer "
                + "loses it.",
            fix: "Let the server answer 100, and read the body to its end.", expect: .accepted
        ) { $0.addHeader("Expect", "100-continue") },
        Case(
            "transport/unsigned-expect-continue", .must, .presence, .medium, covers: ["K10"], cwe: [444],
            changes: [.headers, .signature], "An unsigned request that expects 100 Continue is rejected.",
            why: "An endpoint that decides before it has verified accepts requests from anyone.",
            fix: "Decide after the body was read and verified.", expect: .rejected
        ) { draft in
            draft.addHeader("Expect", "100-continue")
            draft.dropSignature()
        },
        Case(
            "transport/unknown-expectation-decided", .should, .transport, .low, covers: ["K10"], cwe: [755],
            changes: .headers, "A valid request with an unknown expectation is accepted or rejected without an error.",
            why: "The server may answer 417 (RFC 9110 §10.1.1). After an unhandled error the sender retries for hours.",
            fix: "Ignore unknown expectations, or answer 417.", expect: .either
        ) { $0.addHeader("Expect", "countersign") },
    ]
}

extension HTTPRequest {
    /// Replaces the body with its chunked form, with extensions and trailers, and adds the header line that says so.
    package mutating func chunkByHand(extensions: String, trailers: String) {
        framing = .asGiven
        body = Self.chunk(body, extensions: extensions, trailers: trailers)
        headers.append("Transfer-Encoding", Array("chunked".utf8))
    }

    private static func chunk(_ body: [UInt8], extensions: String, trailers: String) -> [UInt8] {
        var out = [UInt8]()
        if !body.isEmpty {
            out += Array("\(String(body.count, radix: 16))\(extensions)\r\n".utf8) + body + [0x0D, 0x0A]
        }
        return out + Array("0\(extensions)\r\n\(trailers)\r\n".utf8)
    }
}
