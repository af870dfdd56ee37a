internal import ReportModel

extension Weakness {
    /// Verification missing or optional.
    static let familyA: [Weakness] = [
        Weakness(
            "A01", "Nothing is verified", .critical, cwe: [347, 306], .stateless,
            bug: "The verifier is never called, or one of several handlers omits it.",
            effect: "Anyone who knows the address can post events in the sender's name.",
            evidence: ["CVE-2026-33143", "CVE-2026-39969", "CVE-2026-54308"]),
        Weakness(
            "A02", "Missing signature accepted", .critical, cwe: [306, 636], .stateless,
            bug: "A request without a signature is let through.",
            effect: "A forger only has to omit the header.",
            evidence: ["github/advisory-database#7131", "appwrite/templates#350", "krkn-chaos/krkn#1277"]),
        Weakness(
            "A03", "Presence is enough", .critical, cwe: [347], .stateless,
            bug: "The signature header must be present, but its value is never compared.",
            effect: "A forgery with any text in the header passes.",
            evidence: ["medplum/medplum#6483", "paperclipai/paperclip#3349"]),
        Weakness(
            "A04", "Empty secret", .critical, cwe: [1188, 326], .stateless,
            bug: "An empty secret is used as a key.",
            effect: "Anyone can compute a MAC under an empty key.",
            evidence: ["librefang/librefang#3472", "corsairdev/corsair#587", "useautumn/autumn#2093"]),
        Weakness(
            "A05", "Whitespace-only or untrimmed secret", .medium, cwe: [521], .stateless,
            bug: "A secret of spaces counts as set, or a trailing newline becomes part of the key.",
            effect: "The key can be guessed, or every valid delivery is rejected.",
            evidence: ["NousResearch/hermes-agent#102069", "heripo-lab/heripo-engine#47"]),
        Weakness(
            "A06", "No secret, no verification", .critical, cwe: [636, 1188], .stateful,
            bug: "Without a configured secret, verification is skipped.",
            effect: "One forgotten setting opens the endpoint to everyone.",
            evidence: ["amurshak/congressMCP#10", "NorthlandPositronics/Cogtrix#119", "schdaniel/josephus#43"]),
        Weakness(
            "A07", "Default or sample secret", .critical, cwe: [798, 1392], .stateless,
            bug: "A default, sample or magic secret works when the real one is missing, or alongside it.",
            effect: "Anyone who has read the code or its documentation can sign.",
            evidence: [
                "JhaSourav07/commitpulse#5434", "quinque-tech-support/sns-testing#101",
                "NousResearch/hermes-agent#6264",
            ]),
        Weakness(
            "A08", "Missing secret becomes a word", .critical, cwe: [1188], .stateless,
            bug: "A missing value is converted to text, so the word `undefined` or `None` becomes the key.",
            effect: "The key is one of the first words an attacker tries.",
            evidence: []),
        Weakness(
            "A09", "Secret decodes to almost nothing", .high, cwe: [326], .stateless,
            bug: "A secret that fails to decode yields a short or empty key without an error.",
            effect: "The remaining key can be guessed.",
            evidence: ["corsairdev/corsair#1024", "openai/openai-node#1887", "nextlyhq/nextly#227"]),
        Weakness(
            "A10", "Development bypass in production", .high, cwe: [489], .stateless,
            bug: "A development switch in a header, the query or the environment disables verification.",
            effect: "A caller who knows the switch needs no secret.",
            evidence: [
                "Coolhand-Labs/coolhand-ruby#122", "NVIDIA-AI-Blueprints/Retail-Agentic-Commerce#136",
                "openclaw/openclaw#10228",
            ]),
        Weakness(
            "A11", "One of two credentials suffices", .high, cwe: [287], .stateless,
            bug: "Two checks are joined with `or`, or one of them compares loosely.",
            effect: "An attacker with the weaker credential gets in.",
            evidence: []),
        Weakness(
            "A12", "Weakest of several recipes wins", .high, cwe: [757, 347], .stateless,
            bug: "Several recipes are tried in turn, and any match suffices.",
            effect: "The weakest recipe determines what can be forged.",
            evidence: ["frain-dev/convoy#2392", "cyrusagents/cyrus#996", "openlinker-project/openlinker#1721"]),
        Weakness(
            "A13", "Sibling route unprotected", .high, cwe: [425, 288], .stateless,
            bug: "Another spelling of the path, or a sibling route, skips verification.",
            effect: "A forged event reaches the same handler by another route.",
            evidence: ["bmlt-enabled/yap#1570", "dograh-hq/dograh#340", "amurshak/congressMCP#10"]),
        Weakness(
            "A14", "Verifier fails open", .high, cwe: [636],
            .notTestable(
                "A failed import or key download can't be caused from outside; A01 run against the deployed "
                    + "endpoint shows its effect."),
            bug: "When a library or key set can't be loaded, the verifier accepts everything.",
            effect: "An outage, which an attacker may cause, opens the endpoint.",
            evidence: ["NousResearch/hermes-agent#4688"]),
        Weakness(
            "A15", "Verified by media type only", .critical, cwe: [306, 436], .stateless,
            bug: "Verification is part of one body parser, and other media types never reach it.",
            effect: "Anyone sends the payload as a form or as plain text, without a signature.", evidence: []),
        Weakness(
            "A16", "Key supplied by the sender", .critical, cwe: [345], .stateless,
            bug: "The secret, or what selects it, is taken from the request.",
            effect: "An attacker signs with a secret of their own and sends it along.", evidence: []),
        Weakness(
            "A17", "Origin claimed instead of proven", .critical, cwe: [290], .stateless,
            bug: "A User-Agent, a Host or a forwarded address replaces the signature.",
            effect: "Anyone who writes that header needs no secret.", evidence: []),
        Weakness(
            "A18", "Verification without consequence", .critical, cwe: [347, 670], .stateless,
            bug: "The verification is not awaited, or compares the signature with itself.",
            effect: "Any signature passes, as long as there is one.", evidence: []),
        Weakness(
            "A19", "Verification skipped now and then", .critical, cwe: [693], .stateful,
            bug: "A counter, a race or one server of several leaves the verification out.",
            effect: "An attacker repeats a forged request until it is accepted.", evidence: []),
    ]
}
