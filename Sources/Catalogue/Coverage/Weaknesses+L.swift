internal import ReportModel

extension Weakness {
    /// Handshakes.
    static let familyL: [Weakness] = [
        Weakness(
            "L01", "Challenge echoed unsigned", .low, cwe: [306], .stateless,
            bug: "A challenge is echoed without a valid signature.",
            effect: "Anyone can confirm the address, or have chosen text echoed back.",
            evidence: ["paperclipai/paperclip#3349", "openclaw/openclaw#39452", "scaleapi/scale-agentex#369"]),
        Weakness(
            "L02", "Event disguised as a handshake", .high, cwe: [288], .stateless,
            bug: "A request that claims to be a handshake skips verification and is processed.",
            effect: "A forged event passes as a handshake.",
            evidence: []),
        Weakness(
            "L03", "Ping answered wrongly", .medium, cwe: [347], .stateless,
            bug: "The ping is answered without verification, or not as documented.",
            effect: "The platform does not register the endpoint.",
            evidence: ["getsentry/sentry#60881", "discord/discord-api-docs#3809"]),
        Weakness(
            "L04", "Token of a GET handshake", .medium, cwe: [248, 204], .stateless,
            bug: "The handshake's token is compared loosely, or unusual text crashes the handler.",
            effect: "An attacker causes server errors or guesses the token.",
            evidence: ["NousResearch/hermes-agent#65697", "automagik-dev/omni#1024"]),
        Weakness(
            "L05", "Retry header trusted", .low, cwe: [345], .stateless,
            bug: "A header that marks retries is trusted.",
            effect: "A forged request with that header is not verified or not deduplicated.",
            evidence: ["Arvo-AI/aurora#510"]),
        Weakness(
            "L06", "Empty event answered unsigned", .info, cwe: [306], .stateless,
            bug: "An empty event without a signature is answered with success.",
            effect: "Anyone can learn that the endpoint is alive, nothing more.",
            evidence: ["openclaw/openclaw#26095"]),
    ]
}
