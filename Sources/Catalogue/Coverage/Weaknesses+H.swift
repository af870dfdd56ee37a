internal import ReportModel

extension Weakness {
    /// Rotation of the secret.
    static let familyH: [Weakness] = [
        Weakness(
            "H01", "No grace period", .medium, cwe: [324], .stateful,
            bug: "The old secret stops working the moment a new one is created.",
            effect: "Deliveries in flight, and retries, are lost.",
            evidence: ["liwala/ay-framework#407", "octokit/webhooks.js#770", "kentcdodds/kody#2274"]),
        Weakness(
            "H02", "Old secret never expires", .high, cwe: [324, 613], .stateful,
            bug: "The old secret never stops working.",
            effect: "A leaked secret remains valid after it was replaced.",
            evidence: ["svix/svix-webhooks#2250", "cncf/clowarden#223"]),
        Weakness(
            "H03", "New secret takes effect late", .medium, cwe: [672], .stateful,
            bug: "The new secret does not take effect at once.",
            effect: "Deliveries right after the change are rejected.",
            evidence: []),
        Weakness(
            "H04", "Two changes in a row", .medium, cwe: [324], .stateful,
            bug: "Two changes in a row bring back or drop the wrong secret.",
            effect: "A retired secret works, or a valid one does not.",
            evidence: ["kentcdodds/kody#2274"]),
        Weakness(
            "H05", "No revocation", .medium, cwe: [324], .stateful,
            bug: "A secret can't be revoked before its grace period ends.",
            effect: "A leaked secret remains valid while its owner can only watch.",
            evidence: ["JSONbored/metagraphed#1931"]),
        Weakness(
            "H06", "Works after pause or deletion", .medium, cwe: [672], .stateful,
            bug: "A paused or deleted bridge still verifies and processes.",
            effect: "A sender that was cut off can continue to post.",
            evidence: []),
    ]
}
