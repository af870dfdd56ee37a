internal import ReportModel

extension Weakness {
    /// The structure of headers.
    static let familyG: [Weakness] = [
        Weakness(
            "G01", "Repeated timestamp", .high, cwe: [694, 345], .stateless,
            bug: "A repeated timestamp is read once for the age and once for the signature.",
            effect: "A captured request passes with a fresh second timestamp.",
            evidence: ["profullstack/sh1pt#509", "lettermint/lettermint-node#26"]),
        Weakness(
            "G02", "One of several signatures checked", .medium, cwe: [1286], .stateless,
            bug: "Only the first or the last signature in the header is checked.",
            effect: "Deliveries fail while the sender signs with two secrets.",
            evidence: ["profullstack/sh1pt#489", "eep-dev/EEP#93", "svix/svix-webhooks#55"]),
        Weakness(
            "G03", "Order and spacing of elements", .medium, cwe: [1286], .stateless,
            bug: "Elements are found by position or exact spacing.",
            effect: "Deliveries are rejected when the sender changes the order.",
            evidence: ["fossasia/eventyay-veditor#19"]),
        Weakness(
            "G04", "Malformed header", .medium, cwe: [1286, 248], .stateless,
            bug: "A header without the expected separators crashes the parser.",
            effect: "Anyone can cause a server error with a malformed header.",
            evidence: []),
        Weakness(
            "G05", "Unbounded list of signatures", .low, cwe: [407], .stateless,
            bug: "Each signature in the header costs another MAC or comparison.",
            effect: "An attacker's long list keeps the server busy.",
            evidence: ["routecraftjs/routecraft#523"]),
        Weakness(
            "G06", "Repeated header lines", .medium, cwe: [444, 694], .stateless,
            bug: "Of two header lines with the same name, one is silently chosen.",
            effect: "A proxy and the application see different signatures.",
            evidence: ["w3c-ccg/http-signatures#63", "adcontextprotocol/adcp-client#687"]),
        Weakness(
            "G07", "Case of header names", .medium, cwe: [178], .stateless,
            bug: "Header names are looked up case-sensitively.",
            effect: "Deliveries through a gateway that lower-cases names are rejected.",
            evidence: ["github/docs#20134", "juspay/clairvoyance#1052"]),
        Weakness(
            "G08", "Aliases of header names", .low, cwe: [444], .stateless,
            bug: "A name with other punctuation is treated as the same header.",
            effect: "A header that the proxy does not guard reaches the verifier.",
            evidence: []),
    ]
}
