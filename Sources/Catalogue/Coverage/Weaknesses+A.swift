internal import ReportModel

extension Weakness {
    /// Open by configuration, or no verification.
    static let familyA: [Weakness] = [
        Weakness(
            "A01", "Nothing is verified", .critical, cwe: [347, 306], .stateless,
            bug: "The verifier is never called, or one of several handlers forgets it.",
            effect: "Anyone who knows the address can post events in the sender's name.",
            evidence: ["CVE-2026-33143", "CVE-2026-39969", "CVE-2026-54308"]),
        Weakness(
            "A02", "Missing signature accepted", .critical, cwe: [306, 636], .stateless,
            bug: "A request that carries no signature at all is waved through.",
            effect: "A forger only has to leave the header out.",
            evidence: ["github/advisory-database#7131", "appwrite/templates#350", "krkn-chaos/krkn#1277"]),
        Weakness(
            "A03", "Presence is enough", .critical, cwe: [347], .stateless,
            bug: "It is enough that the signature header is there; its value is not compared.",
            effect: "Any text in the header makes a forgery pass.",
            evidence: ["medplum/medplum#6483", "paperclipai/paperclip#3349"]),
        Weakness(
            "A04", "Empty secret", .critical, cwe: [1188, 326], .stateless,
            bug: "An empty secret is taken as a key.",
            effect: "Everybody can compute the MAC under a key of no bytes.",
            evidence: ["librefang/librefang#3472", "corsairdev/corsair#587", "useautumn/autumn#2093"]),
        Weakness(
            "A05", "Blank or untrimmed secret", .medium, cwe: [521], .stateless,
            bug: "A secret made of blanks counts as set, or a line feed read along with it becomes part of the key.",
            effect: "The key can be guessed, or every valid delivery is refused.",
            evidence: ["NousResearch/hermes-agent#102069", "heripo-lab/heripo-engine#47"]),
        Weakness(
            "A06", "No secret, no verification", .critical, cwe: [636, 1188], .stateful,
            bug: "Where no secret is configured, verification is skipped.",
            effect: "A forgotten setting opens the endpoint to everyone.",
            evidence: ["amurshak/congressMCP#10", "NorthlandPositronics/Cogtrix#119", "schdaniel/josephus#43"]),
        Weakness(
            "A07", "Default or sample secret", .critical, cwe: [798, 1392], .stateless,
            bug: "A default, sample or magic secret works when the real one is missing, or beside it.",
            effect: "Anyone who has read the code or its documentation can sign.",
            evidence: [
                "JhaSourav07/commitpulse#5434", "quinque-tech-support/sns-testing#101",
                "NousResearch/hermes-agent#6264",
            ]),
        Weakness(
            "A08", "Missing secret becomes a word", .critical, cwe: [1188], .stateless,
            bug: "A missing value is turned into text, so that the word `undefined` or `None` becomes the key.",
            effect: "The key is a word that any attacker tries first.",
            evidence: []),
        Weakness(
            "A09", "Secret decodes to almost nothing", .high, cwe: [326], .stateless,
            bug: "A secret that does not decode gives a key of few bytes or none, without an error.",
            effect: "The key that remains can be guessed.",
            evidence: ["corsairdev/corsair#1024", "openai/openai-node#1887", "nextlyhq/nextly#227"]),
        Weakness(
            "A10", "Development switch in production", .high, cwe: [489], .stateless,
            bug: "A switch for development, in a header, a query or the environment, turns verification off.",
            effect: "A caller who knows the switch needs no secret.",
            evidence: [
                "Coolhand-Labs/coolhand-ruby#122", "NVIDIA-AI-Blueprints/Retail-Agentic-Commerce#136",
                "openclaw/openclaw#10228",
            ]),
        Weakness(
            "A11", "One of two credentials is enough", .high, cwe: [287], .stateless,
            bug: "Two credentials are joined with `or`, or one of them is compared loosely.",
            effect: "Whoever holds the weaker of the two gets in.",
            evidence: []),
        Weakness(
            "A12", "Weakest of several recipes wins", .high, cwe: [757, 347], .stateless,
            bug: "Several recipes are tried in turn, and any that matches is enough.",
            effect: "The weakest recipe decides what can be forged.",
            evidence: ["frain-dev/convoy#2392", "cyrusagents/cyrus#996", "openlinker-project/openlinker#1721"]),
        Weakness(
            "A13", "Neighbouring route unprotected", .high, cwe: [425, 288], .stateless,
            bug: "Another spelling of the path, or a neighbouring route, has no verification.",
            effect: "A forged event takes the other road to the same handler.",
            evidence: ["bmlt-enabled/yap#1570", "dograh-hq/dograh#340", "amurshak/congressMCP#10"]),
        Weakness(
            "A14", "Broken verifier says yes", .high, cwe: [636],
            .notTestable(
                "A failed import or key download cannot be caused from outside; A01 run against the "
                    + "deployed endpoint shows its effect."),
            bug: "A library or key set that can't be loaded makes the verifier say yes.",
            effect: "An outage, which an attacker may cause, opens the endpoint.",
            evidence: ["NousResearch/hermes-agent#4688"]),
    ]
}
