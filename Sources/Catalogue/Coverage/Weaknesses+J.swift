internal import ReportModel

extension Weakness {
    /// Errors, order of checks and what answers tell.
    static let familyJ: [Weakness] = [
        Weakness(
            "J01", "Right signature in the answer", .critical, cwe: [209], .stateless,
            bug: "The answer to a wrong signature contains the right one.",
            effect: "Anyone can ask for a signature and use it.",
            evidence: ["adnanh/webhook#85"]),
        Weakness(
            "J02", "Internals in the answer", .low, cwe: [209], .stateless,
            bug: "An error's text or stack goes out in the answer.",
            effect: "Strangers learn paths, libraries and values.",
            evidence: ["unkeyed/unkey#6037", "KanishJebaMathewM/Truxify#3755"]),
        Weakness(
            "J03", "Reasons can be told apart", .low, cwe: [204], .stateless,
            bug: "Each reason for refusal has an answer of its own.",
            effect: "A stranger learns how far a forgery came.",
            evidence: ["corsairdev/corsair#348", "nerdsane/temper#340"]),
        Weakness(
            "J04", "Bridges can be enumerated", .low, cwe: [204, 203], .stateful,
            bug: "An unknown id is answered otherwise than a wrong signature.",
            effect: "Strangers find out which bridges exist.",
            evidence: ["GHSA-6wcq-4vx6-rx53", "kestra-io/kestra#19318", "dograh-hq/dograh#780"]),
        Weakness(
            "J05", "State told to strangers", .low, cwe: [204], .stateful,
            bug: "Paused or disabled is said before the signature is checked.",
            effect: "Strangers learn the state of a bridge.",
            evidence: ["GHSA-6wcq-4vx6-rx53"]),
        Weakness(
            "J06", "Body parsed before verification", .low, cwe: [696], .stateless,
            bug: "The body is validated before the signature is checked.",
            effect: "Strangers reach the parser and learn the format.",
            evidence: ["vellum-ai/vellum-assistant#11104"]),
        Weakness(
            "J07", "Effect before verification", .high, cwe: [696], .stateful,
            bug: "Something is stored, logged or sent before the signature is checked.",
            effect: "A forged request has an effect although it is refused.",
            evidence: ["openclaw/openclaw#87497", "novuhq/novu#11829"]),
        Weakness(
            "J08", "Wrong status for a refusal", .medium, cwe: [393], .stateless,
            bug: "A wrong signature is answered with another status than the documented one.",
            effect: "The sender takes a refusal for success, or retries for nothing.",
            evidence: ["getsentry/sentry#60881", "frain-dev/convoy#1827", "alphagov/whitehall#11484"]),
        Weakness(
            "J09", "Server error for a refusal", .medium, cwe: [755], .stateless,
            bug: "A wrong signature is answered with a server error.",
            effect: "Senders retry it again and again, or disable the endpoint.",
            evidence: ["mrobinson2/AzureAgentForge#49"]),
        Weakness(
            "J10", "Refusal never completed", .medium, cwe: [772, 400], .stateless,
            bug: "The refusal is never completed.",
            effect: "Each forged request holds a connection open.",
            evidence: ["howdyai/botkit#1833"]),
    ]
}
