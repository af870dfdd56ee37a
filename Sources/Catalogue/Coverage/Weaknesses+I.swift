internal import ReportModel

extension Weakness {
    /// Tenants, routes and identities.
    static let familyI: [Weakness] = [
        Weakness(
            "I01", "Any secret for any bridge", .critical, cwe: [639, 863], .stateful,
            bug: "Any known secret is valid for any bridge.",
            effect: "The owner of one bridge can forge events on all others.",
            evidence: ["screwdriver-cd/screwdriver#2544", "open-mercato/open-mercato#2698", "mindersec/minder#3235"]),
        Weakness(
            "I02", "Tenant from unsigned input", .high, cwe: [639], .stateful,
            bug: "An unsigned value selects the tenant.",
            effect: "A valid request is moved to another tenant.",
            evidence: ["margince/margince#91", "corsairdev/corsair#1436"]),
        Weakness(
            "I03", "Body overrides path", .high, cwe: [639], .stateful,
            bug: "An id in the body overrides the one in the path.",
            effect: "The owner of one bridge can write into another's rooms.",
            evidence: ["open-mercato/open-mercato#2698"]),
        Weakness(
            "I04", "One key for both directions", .medium, cwe: [294, 323], .stateful,
            bug: "One key signs both directions in the same format.",
            effect: "An outgoing delivery can be sent back as an incoming one.",
            evidence: []),
        Weakness(
            "I05", "Token not bound", .high, cwe: [345, 863], .stateful,
            bug: "A token is not bound to the service, tenant or channel it was issued for.",
            effect: "A valid token of another conversation is accepted.",
            evidence: ["ebibibi/ebi-agent-chat-relay#593", "openabdev/openab#667", "PostHog/posthog#101558"]),
        Weakness(
            "I06", "Issuer, audience, lifetime", .high, cwe: [287], .stateful,
            bug: "Issuer, audience or lifetime is checked too loosely or too strictly.",
            effect: "Tokens for others are accepted, or valid ones are rejected.",
            evidence: ["openclaw/openclaw#64270"]),
    ]
}
