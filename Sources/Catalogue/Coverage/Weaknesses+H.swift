internal import ReportModel

extension Weakness {
    /// Rotation of the secret.
    static let familyH: [Weakness] = [
        Weakness(
            "H01", "No grace", .medium, cwe: [324], .stateful,
            bug: "The old secret stops at once when a new one is made.",
            effect: "Deliveries on their way, and retries, are lost.",
            evidence: ["liwala/ay-framework#407", "octokit/webhooks.js#770", "kentcdodds/kody#2274"]),
        Weakness(
            "H02", "Old secret never ends", .high, cwe: [324, 613], .stateful,
            bug: "The old secret never stops.",
            effect: "A leaked secret stays good after it was replaced.",
            evidence: ["svix/svix-webhooks#2250", "cncf/clowarden#223"]),
        Weakness(
            "H03", "New secret starts late", .medium, cwe: [672], .stateful,
            bug: "The new secret takes effect late.",
            effect: "Deliveries right after the change are refused.",
            evidence: []),
        Weakness(
            "H04", "Two changes in a row", .medium, cwe: [324], .stateful,
            bug: "Two changes in a row bring back or drop the wrong secret.",
            effect: "A retired secret works, or a valid one does not.",
            evidence: ["kentcdodds/kody#2274"]),
        Weakness(
            "H05", "No withdrawal", .medium, cwe: [324], .stateful,
            bug: "A secret can't be withdrawn before its grace is over.",
            effect: "A leaked secret stays good while its owner watches.",
            evidence: ["JSONbored/metagraphed#1931"]),
        Weakness(
            "H06", "Works after pause or deletion", .medium, cwe: [672], .stateful,
            bug: "A paused or deleted bridge still verifies and processes.",
            effect: "Who was cut off can go on posting.",
            evidence: []),
    ]
}
