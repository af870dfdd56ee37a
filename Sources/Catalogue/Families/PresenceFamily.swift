internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

/// What must be present before a request is trusted, and the bypasses: switches, sibling routes, other places.
enum PresenceFamily {
    static let cases: [Case] = missing + credentials + switches + siblings + places + mediaTypes + trust

    private static let missing: [Case] = [
        Case(
            "presence/no-signature-header", .must, .presence, .critical, covers: ["A02", "B13"],
            cwe: [306, 636, 476], changes: .signature, "A request without the signature header is rejected.",
            why: "An endpoint that verifies only when the header is present lets in everyone who omits it.",
            fix: "Reject the request when the header is missing, before you compare anything.", expect: .rejected,
            profile: .smoke
        ) { $0.dropSignature() },
        Case(
            "presence/empty-signature-header", .must, .presence, .critical, covers: ["A03", "B13"],
            cwe: [306, 347, 476], changes: .signature, "A request whose signature header is empty is rejected.",
            why: "An empty value is falsy in many languages, so a check guarded by a truth test is skipped.",
            fix: "Treat an empty header as a wrong signature.", expect: .rejected, profile: .smoke
        ) { draft in draft.setHeader { _ in [] } },
        Case(
            "presence/one-letter-signature-header", .must, .presence, .critical, covers: ["A03"],
            cwe: [347], changes: .signature, "A request whose signature header is a single letter is rejected.",
            why: "An endpoint that only checks whether the header exists accepts any text in it.",
            fix: "Compute the signature and compare it; a header's presence proves nothing.", expect: .rejected
        ) { draft in draft.setHeader { _ in bytes("x") } },
        Case(
            "presence/no-timestamp-header", .must, .presence, .high, covers: ["A02", "B13"], cwe: [306, 476],
            needs: [.timestamp, .timestampHeader], changes: .timestamp,
            "A request without the timestamp header is rejected.",
            why: "If the timestamp is optional, so is the age check: a captured request remains valid forever, or the "
                + "missing value crashes the handler.",
            fix: "Reject the request when the timestamp is missing, before you build the signed message.",
            expect: .rejected
        ) { draft in draft.onceSigned { $0.timestampHeader = nil } },
        Case(
            "presence/no-signature-and-no-timestamp", .must, .presence, .critical, covers: ["A02", "B13"],
            cwe: [306, 636], needs: [.timestamp, .timestampHeader], changes: [.signature, .timestamp],
            "A request with neither signature nor timestamp is rejected.",
            why: "A code path for old senders that sent neither is open to everyone.",
            fix: "Have a single path through the verifier: both headers, or the request is rejected.", expect: .rejected
        ) { draft in
            draft.dropSignature()
            draft.onceSigned { $0.timestampHeader = nil }
        },
        Case(
            "presence/no-id-header", .must, .presence, .high, covers: ["A02", "B13"], cwe: [306, 476],
            needs: [.signedEventID], changes: .eventID, "A request without the signed id header is rejected.",
            why: "The id is part of the signed message, and it tells a duplicate from a new delivery.",
            fix: "Reject the request when the id is missing.", expect: .rejected
        ) { draft in draft.onceSigned { $0.idHeader = nil } },
        Case(
            "presence/no-headers-of-the-scheme", .must, .presence, .critical, covers: ["A01", "A02"],
            cwe: [306, 347], needs: [.signedEventID], changes: [.signature, .timestamp, .eventID],
            "A request with none of the scheme's headers is rejected.",
            why: "Any HTTP client that knows the address can send it.",
            fix: "Call the verifier first in every handler, and stop when it rejects the request.", expect: .rejected
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
            "A request with neither signature, timestamp nor credential is rejected.",
            why: "Any HTTP client that knows the address can send it.",
            fix: "Call the verifier first in every handler, and stop when it rejects the request.", expect: .rejected
        ) { draft in
            draft.dropSignature()
            draft.onceSigned {
                $0.timestampHeader = nil
                $0.credentials = [:]
            }
        },
    ]
}
