internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

/// The HTTP request around the signed bytes: method, path, framing, and headers that proxies trust.
enum TransportFamily {
    static let cases: [Case] = methods + overrides + paths + framings + filtered + forwarded + heavy

    /// Verification that covers only the POST route. Reading pages may be public, and OPTIONS is for browsers.
    private static let methods: [Case] =
        [
            ("get", "GET", Level.should, Expectation.rejected), ("head", "HEAD", .should, .rejected),
            ("put", "PUT", .must, .rejected), ("patch", "PATCH", .must, .rejected),
            ("delete", "DELETE", .must, .rejected),
            ("lower-case-post", "post", .must, .rejected), ("unknown", "COUNTERSIGN", .must, .rejected),
            ("options", "OPTIONS", .should, .either),
        ].map { name, method, ceiling, expectation in
            Case(
                "transport/unsigned-\(name)-method", ceiling, .presence, .medium, covers: ["K05"], cwe: [650, 288],
                changes: [.method, .signature],
                expectation == .either
                    ? "An unsigned request with the method \(method) is accepted or rejected without an error."
                    : "An unsigned request with the method \(method) is rejected.",
                why: "A route that accepts other methods but verifies only POST processes anyone's events.",
                fix: "Route POST only, and verify before the router's handlers.", expect: expectation
            ) { draft in
                draft.method = method
                draft.dropSignature()
            }
        }
        + [("get", "GET"), ("put", "PUT")].map { name, method in
            Case(
                "transport/signed-\(name)-method-decided", .should, .transport, .low, covers: ["K05"], cwe: [650, 755],
                changes: .method,
                "A correctly signed request with the method \(method) is accepted or rejected without an error.",
                why: "The document specifies POST. Another method may be rejected, but must not crash the handler.",
                fix: "Answer other methods with 405.", expect: .either
            ) { $0.method = method }
        }

    /// Headers and fields with which frameworks override the method.
    private static let overrides: [Case] =
        ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"].flatMap { name in
            [("GET", "POST"), ("POST", "GET"), ("POST", "PUT")].map { method, other in
                Case(
                    "transport/unsigned-\(method.lowercased())-with-\(name.lowercased())-\(other.lowercased())", .must,
                    .presence, .low, covers: ["K06"], cwe: [650],
                    changes: method == "POST" ? [.signature, .headers] : [.method, .signature, .headers],
                    "An unsigned \(method) request that calls itself \(other) in \(name) is rejected.",
                    why: "If the verifier sees one method and the router another, the request slips through "
                        + "unverified.",
                    fix: "Ignore method overrides on webhook routes.", expect: .rejected
                ) { draft in
                    draft.method = method
                    draft.addHeader(name, other)
                    draft.dropSignature()
                }
            }
        } + [
            Case(
                "transport/unsigned-post-with-method-parameter", .must, .presence, .low, covers: ["K06"], cwe: [650],
                changes: [.target, .signature], "An unsigned request that calls itself GET in its query is rejected.",
                why: "If the verifier sees one method and the router another, the request slips through unverified.",
                fix: "Ignore method overrides on webhook routes.", expect: .rejected
            ) { draft in
                draft.onTheWire { $0.target += Array("?_method=GET".utf8) }
                draft.dropSignature()
            },
            Case(
                "transport/signed-post-with-method-override-decided", .should, .transport, .low, covers: ["K06"],
                cwe: [650],
                changes: .headers,
                "A valid request that calls itself GET in X-HTTP-Method-Override is accepted or "
                    + "rejected without an error.",
                why: "A framework that obeys the header sends a genuine delivery to another handler.",
                fix: "Ignore method overrides on webhook routes.", expect: .either
            ) { $0.addHeader("X-HTTP-Method-Override", "GET") },
        ]

    /// Headers in which proxies report where a request came from, and which anyone can write.
    private static let forwarded: [Case] = [
        ("x-forwarded-host", "X-Forwarded-Host", "attacker.example", true),
        ("x-forwarded-proto", "X-Forwarded-Proto", "http", true), ("x-forwarded-port", "X-Forwarded-Port", "1", true),
        ("x-forwarded-prefix", "X-Forwarded-Prefix", "/other", true),
        ("forwarded", "Forwarded", "for=127.0.0.1;host=attacker.example;proto=http", true),
        ("x-forwarded-for", "X-Forwarded-For", "127.0.0.1", true), ("x-real-ip", "X-Real-IP", "127.0.0.1", true),
        ("x-original-url", "X-Original-URL", "/other", false), ("x-rewrite-url", "X-Rewrite-URL", "/other", false),
    ].flatMap { name, header, value, isHarmless in
        [
            Case(
                "transport/signed-with-\(name)", .should, .transport, .medium, covers: ["K08"], cwe: [348],
                changes: .headers,
                isHarmless
                    ? "A valid request with the header \(header) is accepted."
                    : "A valid request with the header \(header) is accepted or rejected without an error.",
                why:
                    "If such a header selects the address that is verified, or the handler, anyone can make "
                    + "genuine deliveries fail.",
                fix: "Ignore forwarding headers when you verify, or trust only your own proxy's.",
                expect: isHarmless ? .accepted : .either
            ) { $0.addHeader(header, value) },
            Case(
                "transport/unsigned-with-\(name)", .must, .presence, .high, covers: ["K08"], cwe: [348, 290],
                changes: [.headers, .signature], "An unsigned request with the header \(header) is rejected.",
                why:
                    "Anyone can write this header. An endpoint that trusts seemingly internal requests, or takes "
                    + "the route from it, lets anyone in.",
                fix: "Verify the signature of every request, wherever it claims to come from.", expect: .rejected
            ) { draft in
                draft.addHeader(header, value)
                draft.dropSignature()
            },
        ]
    }

    /// Large bodies from unauthenticated senders, of modest size.
    private static let heavy: [Case] = [
        heavy("unsigned-large-body", "An unsigned body of 128 KiB", ["K01"], cwe: [770, 400], [.body, .signature]) {
            draft in
            draft.sendBody(large)
            draft.dropSignature()
        },
        heavy(
            "unsigned-large-chunked-body", "An unsigned body of 128 KiB without a declared length", ["K02"], cwe: [770],
            [.body, .signature, .framing]
        ) { draft in
            draft.framing = .chunked(size: 8192)
            draft.sendBody(large)
            draft.dropSignature()
        },
        heavy(
            "unsigned-gzip-bomb", "An unsigned body that grows from 26 KiB to 4 MiB", ["K04"], cwe: [409],
            [.body, .signature, .headers]
        ) { draft in
            draft.sendBody(bomb)
            draft.addHeader("Content-Encoding", "gzip")
            draft.dropSignature()
        },
    ]

    /// More than the 100 KiB that common body parsers accept, and little enough for a vector file.
    private static let large = [UInt8](repeating: 0x20, count: 128 << 10)
    private static let bomb = Gzip.zeros(copies: 16_256)

    private static func heavy(
        _ name: String, _ what: String, _ covers: [String], cwe: [Int], _ changes: Change,
        edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "transport/\(name)", .should, .transport, .medium, covers: covers, cwe: cwe, changes: changes,
            "\(what) is rejected.",
            why: "Whatever an unsigned request can make the endpoint hold or decompress, a thousand of them can.",
            fix: "Limit the size of bodies before and after decompression, and check the signature first.",
            expect: .rejected, profile: .audit, probe: edit)
    }
}
