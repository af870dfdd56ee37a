internal import ReportModel

extension Weakness {
    /// Algorithm, version and key material.
    static let familyC: [Weakness] = [
        Weakness(
            "C01", "Downgrade to SHA-1", .medium, cwe: [757, 327], .stateless,
            bug: "An HMAC-SHA1 signature is accepted where SHA-256 is documented.",
            effect: "The scheme is only as strong as its predecessor.",
            evidence: ["google/go-github#1783", "dora-team/fourkeys#298", "Reviewable/Reviewable#781"]),
        Weakness(
            "C02", "Sender chooses the algorithm", .high, cwe: [757], .stateless,
            bug: "The algorithm is taken from the request.",
            effect: "An attacker picks the weakest function the server knows.",
            evidence: ["dintel/php-github-webhook#4"]),
        Weakness(
            "C03", "Plain digest instead of a MAC", .critical, cwe: [328, 347], .stateless,
            bug: "A plain digest is accepted in place of the MAC.",
            effect: "A digest needs no key, or can be extended without knowing it.",
            evidence: []),
        Weakness(
            "C04", "Version downgrade", .medium, cwe: [757], .stateless,
            bug: "A signature under another version label is accepted.",
            effect: "An old or test version is enough in production.",
            evidence: ["stripe/stripe-node#1768"]),
        Weakness(
            "C05", "Unknown keys rejected", .medium, cwe: [1286], .stateless,
            bug: "An unknown key or version in the header breaks the parser.",
            effect: "Deliveries are lost the day the sender adds one.",
            evidence: ["svix/svix-webhooks#55"]),
        Weakness(
            "C06", "Secret decoded or not", .medium, cwe: [436], .stateless,
            bug: "One side decodes the secret, the other uses its text.",
            effect: "Every delivery is rejected, or a second key is valid too.",
            evidence: ["Notifuse/notifuse#318", "planningcenter/developers#1085", "polarsource/polar#13522"]),
        Weakness(
            "C07", "Token without an algorithm", .critical, cwe: [347, 327], .stateless,
            bug: "A token whose algorithm is `none` is accepted.",
            effect: "Anyone can write a token with any claims.",
            evidence: ["hushh-labs/hushh-research#1788", "frasertweedale/hs-jose#29"]),
        Weakness(
            "C08", "Public key used as a secret", .critical, cwe: [327], .stateless,
            bug: "The verification key is used with whatever algorithm the token names.",
            effect: "The public key, which is no secret, signs tokens.",
            evidence: ["hushh-labs/hushh-research#1788", "tsndr/cloudflare-worker-jwt#68", "getsentry/sentry#114738"]),
        Weakness(
            "C09", "Token signature not verified", .critical, cwe: [347], .stateless,
            bug: "Claims are used without checking who signed them.",
            effect: "Anyone can write a token with any claims.",
            evidence: ["tachyons/botframework-ruby#1"]),
        Weakness(
            "C10", "Malformed Ed25519 input", .medium, cwe: [248], .stateless,
            bug: "A key or signature of the wrong length or alphabet throws.",
            effect: "A malformed header crashes the handler, or counts as verified.",
            evidence: ["discord/discord-interactions-js#26", "Ermianr/moon-discord#45"]),
        Weakness(
            "C11", "Malleable Ed25519 signature", .low, cwe: [347], .stateless,
            bug: "Several spellings of one Ed25519 signature are accepted.",
            effect: "A replay store keyed by the signature is defeated.",
            evidence: []),
    ]
}
