internal import ReportModel

extension Weakness {
    /// Errors, the order of checks, and what answers reveal.
    static let familyJ: [Weakness] = [
        Weakness(
            "J01", "Correct signature in the answer", .critical, cwe: [209], .stateless,
            bug: "The answer to a wrong signature contains the correct one.",
            effect: "Anyone can ask for a signature and use it.",
            evidence: ["adnanh/webhook#85"]),
        Weakness(
            "J02", "Internals in the answer", .low, cwe: [209], .stateless,
            bug: "The text or stack trace of an error is returned to the caller.",
            effect: "Attackers learn paths, libraries and values.",
            evidence: ["unkeyed/unkey#6037", "KanishJebaMathewM/Truxify#3755"]),
        Weakness(
            "J03", "Reasons can be told apart", .low, cwe: [204], .stateless,
            bug: "Each reason for rejection has its own answer.",
            effect: "An attacker learns how far a forgery got.",
            evidence: ["corsairdev/corsair#348", "nerdsane/temper#340"]),
        Weakness(
            "J04", "Bridges can be enumerated", .low, cwe: [204, 203], .stateful,
            bug: "An unknown id is answered differently from a wrong signature.",
            effect: "Attackers can find out which bridges exist.",
            evidence: ["GHSA-6wcq-4vx6-rx53", "kestra-io/kestra#19318", "dograh-hq/dograh#780"]),
        Weakness(
            "J05", "State revealed without a signature", .low, cwe: [204], .stateful,
            bug: "The paused or disabled state is reported before the signature is checked.",
            effect: "Anyone can learn the state of a bridge.",
            evidence: ["GHSA-6wcq-4vx6-rx53"]),
        Weakness(
            "J06", "Body parsed before verification", .low, cwe: [696], .stateless,
            bug: "The body is validated before the signature is checked.",
            effect: "Anyone can reach the parser and learn the format.",
            evidence: ["vellum-ai/vellum-assistant#11104"]),
        Weakness(
            "J07", "Effect before verification", .high, cwe: [696], .stateful,
            bug: "Something is stored, logged or sent before the signature is checked.",
            effect: "A forged request has an effect although it is rejected.",
            evidence: ["openclaw/openclaw#87497", "novuhq/novu#11829"]),
        Weakness(
            "J08", "Wrong status for a rejection", .medium, cwe: [393], .stateless,
            bug: "A wrong signature is answered with a status other than the documented one.",
            effect: "The sender mistakes a rejection for success, or retries to no effect.",
            evidence: ["getsentry/sentry#60881", "frain-dev/convoy#1827", "alphagov/whitehall#11484"]),
        Weakness(
            "J09", "Server error for a rejection", .medium, cwe: [755], .stateless,
            bug: "A wrong signature is answered with a server error.",
            effect: "Senders retry over and over, or disable the endpoint.",
            evidence: ["mrobinson2/AzureAgentForge#49"]),
        Weakness(
            "J10", "Rejection never completed", .medium, cwe: [772, 400], .stateless,
            bug: "The answer to a rejected request is never completed.",
            effect: "Each forged request holds a connection open.",
            evidence: ["howdyai/botkit#1833"]),
        Weakness(
            "J11", "Error page discloses internals", .high, cwe: [209], .stateless,
            bug: "A debug page for unhandled errors shows variables, settings or source code.",
            effect: "One malformed request discloses the correct signature or the secret.", evidence: []),
        Weakness(
            "J12", "Later rejection betrays acceptance", .medium, cwe: [203], .stateful,
            bug: "A wrong signature is accepted, and only a later check rejects the request.",
            effect: "The different answer shows an attacker which recipe works.", evidence: []),
    ]
}
