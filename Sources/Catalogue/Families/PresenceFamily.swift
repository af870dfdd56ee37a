internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

/// What must be there before a request is trusted, and the ways around it: switches, sibling routes, other places.
enum PresenceFamily {
    static let cases: [Case] = missing + credentials + switches + siblings + places

    private static let missing: [Case] = [
        Case(
            "presence/no-signature-header", .must, .presence, .critical, covers: ["A02", "B13"],
            cwe: [306, 636, 476], changes: .signature, "A request without the signature header is refused.",
            why: "An endpoint that verifies only when the header is there lets everyone in who leaves it out.",
            fix: "Refuse when the header is missing, before anything is compared.", expect: .rejected, profile: .smoke
        ) { $0.dropSignature() },
        Case(
            "presence/empty-signature-header", .must, .presence, .critical, covers: ["A03", "B13"],
            cwe: [306, 347, 476], changes: .signature, "A request whose signature header is empty is refused.",
            why: "An empty value is falsy in many languages: a check that runs only for a true value is skipped.",
            fix: "Treat an empty header as a wrong signature.", expect: .rejected, profile: .smoke
        ) { draft in draft.setHeader { _ in [] } },
        Case(
            "presence/one-letter-signature-header", .must, .presence, .critical, covers: ["A03"],
            cwe: [347], changes: .signature, "A request whose signature header is a single letter is refused.",
            why: "An endpoint that only looks whether the header exists accepts any text in it.",
            fix: "Compute the signature and compare it; the presence of a header proves nothing.", expect: .rejected
        ) { draft in draft.setHeader { _ in bytes("x") } },
        Case(
            "presence/no-timestamp-header", .must, .presence, .high, covers: ["A02", "B13"], cwe: [306, 476],
            needs: [.timestamp, .timestampHeader], changes: .timestamp,
            "A request without the timestamp header is refused.",
            why: "Where the timestamp is optional, its age is too: a captured request is good for ever, or the missing "
                + "value brings the handler down.",
            fix: "Refuse when the timestamp is missing, before the signed message is put together.", expect: .rejected
        ) { draft in draft.onceSigned { $0.timestampHeader = nil } },
        Case(
            "presence/no-signature-and-no-timestamp", .must, .presence, .critical, covers: ["A02", "B13"],
            cwe: [306, 636], needs: [.timestamp, .timestampHeader], changes: [.signature, .timestamp],
            "A request with neither signature nor timestamp is refused.",
            why: "Code for old senders that sent neither is a way in for everyone.",
            fix: "Have one path through the verifier: both headers or a refusal.", expect: .rejected
        ) { draft in
            draft.dropSignature()
            draft.onceSigned { $0.timestampHeader = nil }
        },
        Case(
            "presence/no-id-header", .must, .presence, .high, covers: ["A02", "B13"], cwe: [306, 476],
            needs: [.signedEventID], changes: .eventID, "A request without the signed id header is refused.",
            why: "The id is part of what is signed, and what tells a repeated delivery from a new one.",
            fix: "Refuse when the id is missing.", expect: .rejected
        ) { draft in draft.onceSigned { $0.idHeader = nil } },
        Case(
            "presence/no-headers-of-the-scheme", .must, .presence, .critical, covers: ["A01", "A02"],
            cwe: [306, 347], needs: [.signedEventID], changes: [.signature, .timestamp, .eventID],
            "A request with none of the headers of the scheme is refused.",
            why: "It is what any HTTP client sends that knows the address, and nothing else.",
            fix: "Call the verifier first in each handler, and refuse what it refuses.", expect: .rejected
        ) { draft in
            draft.dropSignature()
            draft.onceSigned {
                $0.timestampHeader = nil
                $0.idHeader = nil
            }
        },
        Case(
            "presence/body-only", .must, .presence, .critical, covers: ["A01", "A02", "A11"], cwe: [306, 347],
            needs: [.credential, .timestampHeader], changes: [.signature, .timestamp, .credential],
            "A request with neither signature, timestamp nor credential is refused.",
            why: "It is what any HTTP client sends that knows the address, and nothing else.",
            fix: "Call the verifier first in each handler, and refuse what it refuses.", expect: .rejected
        ) { draft in
            draft.dropSignature()
            draft.onceSigned {
                $0.timestampHeader = nil
                $0.credentials = [:]
            }
        },
    ]
}
