internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

// The payload itself under every media type, unsigned and wrongly signed: many frameworks verify in one parser only.
extension PresenceFamily {
    static let mediaTypes: [Case] = (bareForms + writtenForms).flatMap { [unsigned($0), wronglySigned($0)] }

    /// A way to send the payload.
    private struct PayloadForm: Sendable {
        let name: String
        let title: String
        let contentType: String?
        /// Writes the payload; `nil` leaves the body as it is.
        let write: (@Sendable (JSON) -> [UInt8])?

        init(
            _ name: String, _ title: String, contentType: String?, write: (@Sendable (JSON) -> [UInt8])? = nil
        ) {
            self.name = name
            self.title = title
            self.contentType = contentType
            self.write = write
        }

        var changes: Change { write == nil ? .contentType : [.contentType, .body] }

        func apply(to draft: inout Draft) {
            draft.contentType = contentType.map(bytes)
            if let write { draft.sendBody(write(draft.payload)) }
        }
    }

    private static let bareForms = BodyFamily.types.map { type in
        PayloadForm(
            "content-type-\(type.name)",
            type.value.map { "payload with the content type \($0)" }
                ?? "payload without a content type",
            contentType: type.value)
    }

    private static let form = "application/x-www-form-urlencoded"

    private static let writtenForms = [
        PayloadForm("flat-form", "payload as a form with a field for each member", contentType: form) {
            FormFields.joined(FormFields.flat($0))
        },
        PayloadForm("bracketed-form", "payload as a form with bracketed names", contentType: form) {
            FormFields.joined(FormFields.bracketed($0))
        },
        PayloadForm("payload-field", "payload as JSON in the form field payload", contentType: form) {
            FormFields.joined([(bytes("payload"), $0.serialized())])
        },
        PayloadForm(
            "multipart", "payload as multipart form data", contentType: "multipart/form-data; boundary=countersign"
        ) { FormFields.multipart(FormFields.flat($0), boundary: "countersign") },
    ]

    private static let why =
        "If verification is part of one body parser, bodies that another parser handles reach the handler unverified, "
        + "and the sender chooses the parser with its Content-Type header."
    private static let fix =
        "Verify the raw bytes before any parser runs, whatever the content type, or answer 415 to all but your own."

    private static func unsigned(_ form: PayloadForm) -> Case {
        Case(
            "presence/\(form.name)-unsigned", .must, .presence, .critical, covers: ["A15"], cwe: [306, 436],
            needs: [.json], changes: form.changes.union(.signature), "An unsigned \(form.title) is rejected.",
            why: why, fix: fix, expect: .rejected
        ) { draft in
            form.apply(to: &draft)
            draft.dropSignature()
        }
    }

    private static func wronglySigned(_ form: PayloadForm) -> Case {
        Case(
            "presence/\(form.name)-wrongly-signed", .must, .signature, .critical, covers: ["A15"], cwe: [347, 436],
            needs: [.json], changes: form.changes.union(.signature),
            "A \(form.title) is rejected when its signature belongs to another message.", why: why, fix: fix,
            expect: .rejected
        ) { draft in
            form.apply(to: &draft)
            draft.spoilSignature()
        }
    }
}

/// A payload as the fields of a form.
private enum FormFields {
    typealias Field = (name: [UInt8], value: [UInt8])

    /// One field for each member; those that are no texts are JSON.
    static func flat(_ payload: JSON) -> [Field] {
        guard let members = payload.members else { return [(bytes("payload"), payload.serialized())] }
        return members.map { (bytes($0.key), text($0.value)) }
    }

    /// One field for each text or number, with the path to it in brackets.
    static func bracketed(_ payload: JSON) -> [Field] {
        leaves(payload, name: [])
    }

    /// The fields as `application/x-www-form-urlencoded`.
    static func joined(_ fields: [Field]) -> [UInt8] {
        Array(
            fields.map { HTTPRequest.escaped($0.name) + bytes("=") + HTTPRequest.escaped($0.value) }
                .joined(separator: bytes("&")))
    }

    /// The fields as `multipart/form-data`.
    static func multipart(_ fields: [Field], boundary: String) -> [UInt8] {
        let parts = fields.map { field in
            bytes("--\(boundary)\r\nContent-Disposition: form-data; name=\"") + field.name + bytes("\"\r\n\r\n")
                + field.value + bytes("\r\n")
        }
        return parts.flatMap(\.self) + bytes("--\(boundary)--\r\n")
    }

    private static func text(_ value: JSON) -> [UInt8] { value.string.map(bytes) ?? value.serialized() }

    private static func leaves(_ value: JSON, name: [UInt8]) -> [Field] {
        let inner = { (key: String) in name.isEmpty ? bytes(key) : name + bytes("[\(key)]") }
        if let members = value.members { return members.flatMap { leaves($0.value, name: inner($0.key)) } }
        if let elements = value.array {
            return elements.enumerated().flatMap { leaves($0.element, name: inner(String($0.offset))) }
        }
        return [(name.isEmpty ? bytes("payload") : name, text(value))]
    }
}
