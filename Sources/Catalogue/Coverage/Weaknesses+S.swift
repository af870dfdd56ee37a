internal import ReportModel

extension Weakness {
    /// Senders.
    static let familyS: [Weakness] = [
        Weakness(
            "S01", "Signs other bytes than it sends", .medium, cwe: [345, 838], .sender,
            bug: "The body is serialised twice, once to sign and once to send.",
            effect: "Receivers reject deliveries whose text differs between the two.",
            evidence: ["netalertx/NetAlertX#1720", "attendee-labs/attendee#227", "prebid/salesagent#1104"]),
        Weakness(
            "S02", "Retry without signature", .medium, cwe: [345], .sender,
            bug: "A retry lacks some of the signature headers.",
            effect: "Receivers reject every retry.",
            evidence: ["reapit/foundations#7075", "sandbaseai/sandbase-harness#313"]),
        Weakness(
            "S03", "Retry with the old timestamp", .medium, cwe: [672], .sender,
            bug: "A retry carries the timestamp of the first attempt.",
            effect: "Receivers reject it as too old.",
            evidence: ["better-auth/better-auth#8844", "rmusser01/tldw_server#932", "mishrasanjeev/grantex#892"]),
        Weakness(
            "S04", "Retry with another body", .medium, cwe: [345], .sender,
            bug: "A counter in the body changes on retry while the signature stays the same.",
            effect: "Receivers reject every retry.",
            evidence: ["8x8/jaas_demo#8", "reapit/foundations#10219"]),
        Weakness(
            "S05", "Id changes between attempts", .medium, cwe: [694], .sender,
            bug: "Each attempt has its own id.",
            effect: "Receivers process one event several times.",
            evidence: ["saleor/apps#339", "vectorize-io/hindsight#3072", "huggingface/hub-docs#2749"]),
        Weakness(
            "S06", "Timestamp's unit or format", .medium, cwe: [1284], .sender,
            bug: "The unit or format of the timestamp is not the documented one.",
            effect: "Receivers reject every delivery, or never see one as old.",
            evidence: ["ProjectTech4DevAI/kaapi-backend#765", "adcontextprotocol/adcp#1383"]),
        Weakness(
            "S07", "Timestamp not signed", .medium, cwe: [294], .sender,
            bug: "The timestamp is sent but not part of the signed message.",
            effect: "Deliveries can be replayed to receivers forever.",
            evidence: ["dogecoinfoundation/gigawallet#147", "HearthSim/HSReplay.net#322", "vargHQ/sdk#215"]),
        Weakness(
            "S08", "Redirects followed", .high, cwe: [918, 601], .sender,
            bug: "Redirects are followed with payload and signature.",
            effect: "The payload reaches a host that the owner did not choose.",
            evidence: ["GHSA-c4v7-xg93-qf8g", "gogs/gogs#8263", "synapticcybersecurity/hekate#56"]),
        Weakness(
            "S09", "Internal addresses called", .high, cwe: [918], .sender,
            bug: "Addresses inside the sender's own network can be registered.",
            effect: "Outsiders make the sender call internal services.",
            evidence: ["CVE-2026-32096", "CVE-2025-6454", "formbricks/formbricks#8095"]),
        Weakness(
            "S10", "Secret disclosed", .high, cwe: [312, 532, 200], .sender,
            bug: "A secret appears in an answer, a log or a delivery.",
            effect: "Anyone who reads it can sign.",
            evidence: [
                "formbricks/formbricks#8269", "AgentPhone-AI/agentphone-mcp#64", "imuniqueshiv/MeetOnMemory#559",
            ]),
        Weakness(
            "S11", "Credentials forwarded", .high, cwe: [200], .sender,
            bug: "Headers of an incoming request are forwarded.",
            effect: "One party's credentials reach another.",
            evidence: ["mikenelsonjr/Accelerators#7"]),
        Weakness(
            "S12", "Documentation and wire differ", .medium, cwe: [1059], .sender,
            bug: "The documentation describes a different recipe from the one in use.",
            effect: "Receivers that follow it reject everything.",
            evidence: ["textbee/textbee#161", "Notifuse/notifuse#318", "adcontextprotocol/adcp#1570"]),
        Weakness(
            "S13", "Rotation signed on one side only", .medium, cwe: [324], .sender,
            bug: "After a rotation, deliveries are signed with only one secret, or the wrong one.",
            effect: "Receivers reject deliveries until both sides have rotated.",
            evidence: ["liwala/ay-framework#407", "resend/resend-openapi#114", "sandbaseai/sandbase-harness#325"]),
        Weakness(
            "S14", "Empty and special bodies", .medium, cwe: [347], .sender,
            bug: "The signature is computed incorrectly for empty or special bodies.",
            effect: "Receivers reject those deliveries.",
            evidence: ["smallstep/certificates#1546"]),
        Weakness(
            "S15", "One secret for all receivers", .high, cwe: [639], .sender,
            bug: "All receivers share one secret.",
            effect: "Each receiver can forge deliveries to every other.",
            evidence: ["screwdriver-cd/screwdriver#2544", "megaapp977/stack#292"]),
        Weakness(
            "S16", "Retries ignore the answers", .medium, cwe: [755], .sender,
            bug: "Rejections are retried forever, or failures are not retried at all.",
            effect: "Receivers are flooded, or events are lost.",
            evidence: ["octoverse-id/octonomy-php#26"]),
        Weakness(
            "S17", "Receiver not verified", .high, cwe: [295, 319], .sender,
            bug: "The receiver's certificate is not verified, or HTTP without TLS is tried when it is wrong.",
            effect: "Anyone on the path reads each delivery, and can send it on as if it were genuine.", evidence: []),
    ]
}
