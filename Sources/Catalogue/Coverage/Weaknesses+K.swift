internal import ReportModel

extension Weakness {
    /// The HTTP request around it.
    static let familyK: [Weakness] = [
        Weakness(
            "K01", "Unbounded body before verification", .medium, cwe: [770, 400], .stateless,
            bug: "The whole body is read before the signature is examined.",
            effect: "Anyone can fill the memory.",
            evidence: ["CVE-2026-42294", "adnanh/webhook#756", "open-mercato/open-mercato#4044"]),
        Weakness(
            "K02", "Declared length trusted", .medium, cwe: [770], .stateless,
            bug: "The size limit trusts the declared length.",
            effect: "A chunked or misdeclared body passes the limit.",
            evidence: ["curie-eng/curie#633", "openclaw/clawsweeper#1295"]),
        Weakness(
            "K03", "Slow body", .low, cwe: [400],
            .notTestable(
                "It takes many slow connections beside one that is served; a case is one whole request beside "
                    + "its control."),
            bug: "Nothing limits how slowly a body may arrive.",
            effect: "A few slow connections exhaust the server.",
            evidence: ["remoteclaw/remoteclaw#2955"]),
        Weakness(
            "K04", "Decompressed before verification", .medium, cwe: [409], .stateless,
            bug: "Bodies are decompressed before the signature is checked.",
            effect: "A small request becomes a huge one in memory.",
            evidence: ["GHSA-cp58-wc9q-qv53", "OneUptime/oneuptime#3404", "headroomlabs-ai/headroom#3284"]),
        Weakness(
            "K05", "Other methods unprotected", .medium, cwe: [650, 288], .stateless,
            bug: "Other methods reach the handler without verification.",
            effect: "A forged event arrives with another method.",
            evidence: ["kestra-io/kestra#19318", "medplum/medplum#6483"]),
        Weakness(
            "K06", "Method overridden", .low, cwe: [650], .stateless,
            bug: "A header or field changes the method after routing.",
            effect: "Naming another method skips verification.",
            evidence: []),
        Weakness(
            "K07", "Spelling of paths and addresses", .medium, cwe: [436], .stateless,
            bug: "Signer and verifier spell the path or address differently.",
            effect: "Valid deliveries are rejected, or another handler is reached.",
            evidence: ["openclaw/openclaw#6334", "adcontextprotocol/adcp#2445"]),
        Weakness(
            "K08", "Forwarding headers trusted", .medium, cwe: [348], .stateless,
            bug: "The signed address is built from headers that anyone can set.",
            effect: "A caller chooses which text is verified.",
            evidence: ["bmlt-enabled/yap#1570", "HamedMP/matrix-os#17"]),
        Weakness(
            "K09", "Lockout by forgeries", .medium, cwe: [645],
            .notTestable(
                "It takes dozens of forgeries before a valid request, which would lock out a live endpoint; a "
                    + "case is one probe beside its control."),
            bug: "Failed attempts lock the endpoint for everyone.",
            effect: "An attacker stops all deliveries by sending forged ones.",
            evidence: ["timothy-agent/timothy#827", "open-mercato/open-mercato#2698"]),
        Weakness(
            "K10", "Unusual framing", .medium, cwe: [444], .stateless,
            bug: "Early answers, pipelined requests or unusual framing lose the body.",
            effect: "Valid deliveries are rejected, or a body is checked against another request.",
            evidence: []),
        Weakness(
            "K11", "Something else answers first", .medium, cwe: [436], .stateless,
            bug: "A filter, a firewall or a login page answers before the endpoint sees the request.",
            effect: "Valid deliveries are rejected, and the signature is blamed for it.", evidence: []),
        Weakness(
            "K12", "Limits spent by forgeries", .medium, cwe: [307, 645], .stateful,
            bug: "Requests count against a limit before they are verified.",
            effect: "An attacker uses up the limit, and valid deliveries are rejected.", evidence: []),
    ]
}
