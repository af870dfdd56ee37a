internal import Bytes
internal import ReportModel
internal import Schemes

/// Media types, charsets and content codings around the same bytes.
extension BodyFamily {
    static let encodings: [Case] = mediaTypes + lostBodies + codings + otherBodies

    /// Media types beside the scheme's own; `nil` sends none.
    static let types: [(name: String, value: String?)] = [
        ("text-plain", "text/plain"), ("octet-stream", "application/octet-stream"),
        ("form", "application/x-www-form-urlencoded"), ("multipart", "multipart/form-data; boundary=countersign"),
        ("vendor-json", "application/vnd.api+json"), ("json-utf-16", "application/json; charset=utf-16"),
        ("json-latin-1", "application/json; charset=iso-8859-1"), ("unknown", "countersign"), ("none", nil),
    ]

    /// An endpoint may reject a media type that the scheme does not use (415), but must not fail on it.
    private static let mediaTypes: [Case] = types.map { type in
        Case(
            "body/content-type-\(type.name)-decided", .should, .transport, .medium, covers: ["D05", "D06", "D09"],
            cwe: [436, 636], changes: .contentType,
            "A correctly signed body with \(type.value.map { "the content type \($0)" } ?? "no content type") is "
                + "accepted or rejected without an error.",
            why: "Middleware that skips such bodies leaves the verifier without one, and the verifier throws.",
            fix: "Keep the raw body whatever the content type, and answer 415 to unsupported types.",
            expect: .either
        ) { $0.contentType = type.value.map { Array($0.utf8) } }
    }

    /// The body parser skips the body, and the verifier hashes whatever is left.
    private static let lostBodies: [Case] = types.map { type in
        // Multipart bodies are read by the server in PHP and Mojolicious, and no handler sees their bytes.
        let isLostByServers = type.name == "multipart"
        return Case(
            "body/content-type-\(type.name)-with-signature-of-nothing", isLostByServers ? .should : .must, .rawBody,
            isLostByServers ? .medium : .high, covers: ["D05", "D06"],
            cwe: [345, 636], needs: [.signedBody], changes: [.contentType, .message, .signature],
            "The signature of an empty body is rejected for a body "
                + (type.value.map { "with the content type \($0)." } ?? "without a content type."),
            why:
                "If the parser skips a body of this type, the verifier hashes nothing, and one signature is "
                + "valid for every body.",
            fix: "Keep the raw body whatever the content type, and reject the request when it is not available.",
            expect: .rejected
        ) { draft in
            draft.contentType = type.value.map { Array($0.utf8) }
            draft.signBody(as: [])
        }
    }

    /// The documents do not mention content codings, so both readings of "the body" are correct. A body that neither
    /// reading explains is not.
    private static let codings: [Case] = [
        coding(
            "gzip-signed-as-sent-decided", "gzip",
            "A gzip body, signed as sent, is accepted or rejected without an error.", .signedBody
        ) {
            draft in
            draft.body = Gzip.stored(draft.body)
        },
        coding(
            "gzip-signed-plain-decided", "gzip",
            "A gzip body, signed before it was compressed, is accepted or rejected without an error.", .body
        ) {
            draft in
            draft.sendBody(Gzip.stored(draft.body))
        },
        coding(
            "gzip-only-said-decided", "gzip", "A plain body labelled as gzip is accepted or rejected without an error.",
            .nothing
        ) { _ in },
        coding(
            "unknown-coding-decided", "countersign",
            "A body with an unknown content coding is accepted or rejected without an error.", .nothing
        ) {
            _ in
        },
        coding(
            "identity-coding-decided", "identity",
            "A body with the identity coding is accepted or rejected without an error.", .nothing
        ) { _ in },
        coding(
            "gzip-of-changed-text", "gzip", "A gzip body whose text was changed after signing is rejected.", .body,
            expect: .rejected
        ) { draft in
            var other = draft
            other.say("changed")
            draft.sendBody(Gzip.stored(other.body))
        },
        coding(
            "gzip-with-signature-of-nothing", "gzip", "The signature of an empty body is rejected for a gzip body.",
            .signedBody,
            expect: .rejected
        ) { draft in
            draft.signBody(as: [])
            draft.sendBody(Gzip.stored(draft.body))
        },
        Case(
            "body/gzip-unsigned", .must, .presence, .critical, covers: ["A15", "D16"], cwe: [306, 436],
            needs: [.signedBody, .json], changes: [.body, .headers, .signature], "An unsigned gzip body is rejected.",
            why:
                "If verification is part of the parser for plain bodies, compressed ones reach the handler unverified.",
            fix: "Verify the bytes exactly as received, and answer 415 to unsupported codings.", expect: .rejected
        ) { draft in
            draft.sendBody(Gzip.stored(draft.body))
            draft.addHeader("Content-Encoding", "gzip")
            draft.dropSignature()
        },
    ]

    private static func coding(
        _ name: String, _ value: String, _ title: String, _ changes: Change, expect: Expectation = .either,
        edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        let refused = expect.decision == .rejected
        return Case(
            "body/\(name)", refused ? .must : .should, refused ? .rawBody : .transport, refused ? .high : .low,
            covers: refused ? ["D05", "D16"] : ["D16"], cwe: [436], needs: [.signedBody, .json],
            changes: changes.union(.headers), title,
            why: refused
                ? "The signature belongs to another body, compressed or not: an attacker can compress anything."
                : "One side signs compressed bytes and the other plain ones. A rejection gets noticed and fixed; "
                    + "after an unhandled error the sender retries for hours.",
            fix: "Verify the bytes exactly as received, and answer 415 to unsupported codings.", expect: expect
        ) { draft in
            edit(&draft)
            draft.addHeader("Content-Encoding", value)
        }
    }

    private static let form = Array("text=a+b&text=caf%C3%A9&empty=".utf8)

    private static let otherBodies: [Case] = [
        signedBody(
            "byte-order-mark-decided", ["D09"],
            "A body with a byte order mark, signed with it, is accepted or "
                + "rejected without an error.",
            changes: .signedBody
        ) {
            $0.body = [0xEF, 0xBB, 0xBF] + $0.body
        },
        signedBody(
            "utf-16-decided", ["D09"], "A body in UTF-16, signed as sent, is accepted or rejected without an error."
        ) { draft in
            draft.contentType = Array("application/json; charset=utf-16".utf8)
            let text = String(decoding: draft.body, as: UTF8.self)
            draft.body = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        },
        signedBody("form-decided", ["D19"], "A correctly signed form is accepted or rejected without an error.") {
            draft in
            draft.contentType = Array("application/x-www-form-urlencoded".utf8)
            draft.body = form
        },
        signedBody(
            "multipart-decided", ["D19"], "A correctly signed multipart body is accepted or rejected without an error."
        ) { draft in
            draft.contentType = Array("multipart/form-data; boundary=countersign".utf8)
            let part = "--countersign\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\na test\r\n"
            draft.body = Array((part + "--countersign--\r\n").utf8)
        },
        signedBody(
            "all-bytes-decided", ["D07", "D19"],
            "A correctly signed body of all byte values is accepted or rejected without an error."
        ) { draft in
            draft.contentType = Array("application/octet-stream".utf8)
            draft.body = (0...255).map { UInt8($0) }
        },
        refusedForm("form-with-signature-of-decoded-text", "of its decoded text", "text=a b&text=café&empty="),
        refusedForm(
            "form-with-signature-of-sorted-fields", "of its fields in sorted order", "empty=&text=a+b&text=caf%C3%A9"),
        refusedForm("form-with-signature-of-other-escapes", "with other escapes", "text=a%20b&text=caf%c3%a9&empty="),
        refusedForm("form-with-signature-of-json", "of its fields as JSON", #"{"text":["a b","café"],"empty":""}"#),
    ]

    private static func signedBody(
        _ name: String, _ covers: [String], _ title: String,
        changes: Change = [.contentType, .body, .message, .signature],
        edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "body/\(name)", .should, .payload, .low, covers: covers, cwe: [436, 755], needs: [.signedBody],
            changes: changes, title,
            why:
                "The signature verifies, but the handler does not expect such a body. After an unhandled error "
                + "the sender retries for hours.",
            fix: "Verify the raw bytes, and answer unreadable bodies with a 4xx status.", expect: .either,
            probe: edit)
    }

    private static func refusedForm(_ name: String, _ what: String, _ text: String) -> Case {
        Case(
            "body/\(name)", .must, .rawBody, .medium, covers: ["D19"], cwe: [436, 345], needs: [.signedBody],
            changes: [.contentType, .body, .message, .signature],
            "A form with a signature \(what) is rejected.",
            why: "The endpoint hashes the fields it parsed, so other forms pass with the same signature.",
            fix: "Hash the raw bytes of the body before you parse the form.", expect: .rejected
        ) { draft in
            draft.contentType = Array("application/x-www-form-urlencoded".utf8)
            draft.body = form
            draft.signBody(as: Array(text.utf8))
        }
    }
}
