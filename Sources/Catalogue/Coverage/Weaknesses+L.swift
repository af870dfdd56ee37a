internal import ReportModel

extension Weakness {
    /// Handshakes.
    static let familyL: [Weakness] = [
        Weakness(
            "L01", "Challenge echoed unsigned", .low, cwe: [306], .stateless,
            bug: "A challenge is echoed without a valid signature.",
            effect: "A stranger confirms the address, or has text of choice sent back.",
            evidence: ["paperclipai/paperclip#3349", "openclaw/openclaw#39452", "scaleapi/scale-agentex#369"]),
        Weakness(
            "L02", "Event disguised as a handshake", .high, cwe: [288], .stateless,
            bug: "A request that calls itself a handshake skips verification and is processed.",
            effect: "A forged event passes as a handshake.",
            evidence: []),
        Weakness(
            "L03", "Ping answered wrongly", .medium, cwe: [347], .stateless,
            bug: "The ping is answered without verification, or not as documented.",
            effect: "The platform refuses to register the endpoint.",
            evidence: ["getsentry/sentry#60881", "discord/discord-api-docs#3809"]),
        Weakness(
            "L04", "Token of a GET handshake", .medium, cwe: [248, 204], .stateless,
            bug: "The token of the handshake is compared loosely, or odd text makes the handler fail.",
            effect: "A stranger causes server errors or guesses the token.",
            evidence: ["NousResearch/hermes-agent#65697", "automagik-dev/omni#1024"]),
        Weakness(
            "L05", "Retry header believed", .low, cwe: [345], .stateless,
            bug: "A header that marks retries is believed.",
            effect: "A forged request with it is not verified or not deduplicated.",
            evidence: ["Arvo-AI/aurora#510"]),
        Weakness(
            "L06", "Empty event answered unsigned", .info, cwe: [306], .stateless,
            bug: "An empty event without a signature is answered as a success.",
            effect: "A stranger learns that the endpoint is alive, nothing more.",
            evidence: ["openclaw/openclaw#26095"]),
    ]
}
