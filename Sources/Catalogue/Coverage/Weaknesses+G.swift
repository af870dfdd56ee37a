internal import ReportModel

extension Weakness {
    /// The structure of headers.
    static let familyG: [Weakness] = [
        Weakness(
            "G01", "Repeated timestamp", .high, cwe: [694, 345], .stateless,
            bug: "A timestamp that stands twice is read once for the age and once for the signature.",
            effect: "A captured request passes with a fresh second timestamp.",
            evidence: ["profullstack/sh1pt#509", "lettermint/lettermint-node#26"]),
        Weakness(
            "G02", "One of several signatures checked", .medium, cwe: [1286], .stateless,
            bug: "Only the first or the last signature in the header is checked.",
            effect: "Deliveries fail while the sender signs under two secrets.",
            evidence: ["profullstack/sh1pt#489", "eep-dev/EEP#93", "svix/svix-webhooks#55"]),
        Weakness(
            "G03", "Order and spacing of elements", .medium, cwe: [1286], .stateless,
            bug: "Elements are found by their position or exact spacing.",
            effect: "Deliveries are refused when the sender changes the order.",
            evidence: ["fossasia/eventyay-veditor#19"]),
        Weakness(
            "G04", "Malformed header", .medium, cwe: [1286, 248], .stateless,
            bug: "A header without the expected separators makes the parser fail.",
            effect: "A malformed header from a stranger causes a server error.",
            evidence: []),
        Weakness(
            "G05", "Endless list of signatures", .low, cwe: [407], .stateless,
            bug: "Each signature in the header costs one more MAC or comparison.",
            effect: "A long list makes the server work for a stranger.",
            evidence: ["routecraftjs/routecraft#523"]),
        Weakness(
            "G06", "Repeated header lines", .medium, cwe: [444, 694], .stateless,
            bug: "Of two header lines with one name, one is chosen silently.",
            effect: "A proxy and the application see different signatures.",
            evidence: ["w3c-ccg/http-signatures#63", "adcontextprotocol/adcp-client#687"]),
        Weakness(
            "G07", "Case of header names", .medium, cwe: [178], .stateless,
            bug: "Header names are looked up with regard to case.",
            effect: "Deliveries through a gateway that lower-cases names are refused.",
            evidence: ["github/docs#20134", "juspay/clairvoyance#1052"]),
        Weakness(
            "G08", "Aliases of header names", .low, cwe: [444], .stateless,
            bug: "A name with other punctuation stands for the header.",
            effect: "A header that the proxy does not guard reaches the verifier.",
            evidence: []),
    ]
}
