internal import ReportModel

extension Weakness {
    /// Replay and idempotency.
    static let familyF: [Weakness] = [
        Weakness(
            "F01", "Replay takes effect", .medium, cwe: [294], .stateful,
            bug: "The endpoint does not remember which requests it has seen.",
            effect: "A captured request takes effect again while it is fresh.",
            evidence: ["paperclipai/paperclip#9993", "2witstudios/PageSpace#2199", "wienerlabs/covenant#271"]),
        Weakness(
            "F02", "Replay under an unsigned id", .medium, cwe: [294, 345], .stateful,
            bug: "The replay store is keyed by an id that is not signed.",
            effect: "A replay with another id takes effect again.",
            evidence: ["prathamdby/pr-agent#476", "grafana/grafana#125550", "ShipfoxHQ/shipfox#709"]),
        Weakness(
            "F03", "No id, no check", .medium, cwe: [294, 636], .stateful,
            bug: "A request without an id is not checked for duplicates.",
            effect: "A sender or forger who omits the id can repeat at will.",
            evidence: ["first-tree-ai/first-tree#1627", "open-mercato/open-mercato#1343"]),
        Weakness(
            "F04", "Id made on arrival", .low, cwe: [330], .stateful,
            bug: "A missing id is replaced by one generated on arrival.",
            effect: "Duplicates get a new id each time, and distinct events may share one.",
            evidence: ["NousResearch/hermes-agent#58461"]),
        Weakness(
            "F05", "Id stored before verification", .high, cwe: [696, 345], .stateful,
            bug: "The id is stored before the signature is verified.",
            effect: "An attacker burns the id, and the real event is dropped.",
            evidence: ["rogerSuperBuilderAlpha/cursor-boston#1374", "VSN2015/concerns_on_rails#60"]),
        Weakness(
            "F06", "One id, two bodies", .info, cwe: [694], .stateful,
            bug: "The same id with another body is silently dropped or processed.",
            effect: "An event is lost, or processed under an id that is already in use.",
            evidence: ["PSergio984/llm_usage_tracker#6", "frumu-ai/tandem#1675"]),
        Weakness(
            "F07", "Store shared by tenants", .medium, cwe: [653, 694], .stateful,
            bug: "All tenants share one replay store.",
            effect: "One tenant's event suppresses another's.",
            evidence: ["NousResearch/hermes-agent#24633", "corsairdev/corsair#675", "automagik-dev/omni#1112"]),
        Weakness(
            "F08", "Store forgets too soon", .medium, cwe: [294, 367], .stateful,
            bug: "Ids are forgotten before requests expire.",
            effect: "A replay late in the window takes effect again.",
            evidence: ["kirodotdev/KiroCrew#819", "NousResearch/hermes-agent#84265", "camunda/connectors#8989"]),
        Weakness(
            "F09", "Store too small", .low, cwe: [770, 294], .stateful,
            bug: "The store keeps only the latest ids.",
            effect: "Enough traffic evicts an id, and its replay takes effect.",
            evidence: ["fastagent-sh/fastagent#385", "openclaw/openclaw#25984"]),
        Weakness(
            "F10", "Two copies at once", .medium, cwe: [367, 362], .stateful,
            bug: "Looking up the id and storing it are two steps.",
            effect: "Two copies sent at the same time both take effect.",
            evidence: [
                "paperclipai/paperclip#9993", "wienerlabs/covenant#271", "jasoneisen/idiomatic-critter-stack#9",
            ]),
        Weakness(
            "F11", "Failed event remembered as done", .medium, cwe: [696], .stateful,
            bug: "The id is stored although processing failed.",
            effect: "The sender's retry is dropped, and the event is lost.",
            evidence: ["webrenew/unicon#42", "AI-Shipping-Labs/website#285", "hackerai-tech/hackerai#270"]),
        Weakness(
            "F12", "Store keyed by malleable text", .high, cwe: [294, 347], .stateful,
            bug: "The store is keyed by the signature's text, which has many spellings.",
            effect: "Each spelling is a new request, so replays take effect.",
            evidence: ["VSN2015/concerns_on_rails#60", "2witstudios/PageSpace#2199", "openclaw/openclaw#25984"]),
        Weakness(
            "F13", "Equal bodies merged", .medium, cwe: [694], .stateful,
            bug: "Identical bodies count as one event.",
            effect: "Two real events that look alike become one.",
            evidence: ["mikenelsonjr/Accelerators#7", "corsairdev/corsair#675", "superset-sh/superset#6586"]),
        Weakness(
            "F14", "Id too coarse or too fine", .medium, cwe: [694], .stateful,
            bug: "The id is too coarse or too fine for an event.",
            effect: "Distinct events are merged, or one event is processed twice.",
            evidence: ["openlinker-project/openlinker#1294", "github/docs#32822", "mdcms-ai/mdcms#174"]),
        Weakness(
            "F15", "Effect before the check", .high, cwe: [696, 294], .stateful,
            bug: "Something is created before the duplicate is noticed.",
            effect: "A replay yields a fresh token or a second effect.",
            evidence: ["openclaw/openclaw#87497"]),
        Weakness(
            "F16", "Duplicate answered with an error", .medium, cwe: [755], .stateful,
            bug: "A repeated delivery is answered with an error.",
            effect: "The sender keeps retrying, or disables the endpoint.",
            evidence: ["VSN2015/concerns_on_rails#60", "grafana/grafana#125550", "openclaw/openclaw#25984"]),
        Weakness(
            "F17", "Look-alike ids merged", .info, cwe: [176], .stateful,
            bug: "Ids are compared by canonical equivalence instead of byte by byte.",
            effect: "Two different events are merged.",
            evidence: []),
        Weakness(
            "F18", "Store lost or ignored", .low, cwe: [636], .stateful,
            bug: "The store is lost on restart, or ignored when it is full or unreachable.",
            effect: "Replays take effect after a restart, in an outage or under load.",
            evidence: ["wienerlabs/covenant#271", "openlinker-project/openlinker#715", "schemalabz/opencouncil#420"]),
        Weakness(
            "F19", "Identity from an unsigned place", .high, cwe: [294], .stateful,
            bug: "An id in the query or in a header that is not signed takes precedence.",
            effect: "A replay with another id takes effect again.", evidence: []),
        Weakness(
            "F20", "Long ids throw or are cut", .medium, cwe: [130], .stateful,
            bug: "An id is stored in a column that is too short for it.",
            effect: "The endpoint fails, or drops an event whose id has the same beginning.", evidence: []),
        Weakness(
            "F21", "Key of the replay store too coarse", .medium, cwe: [694], .stateful,
            bug: "Deliveries are recognised by an object, a second or a body.",
            effect: "Events that follow each other closely, or say the same, are dropped.", evidence: []),
        Weakness(
            "F22", "Answered before verification", .low, cwe: [393], .stateful,
            bug: "The answer is sent before the verification, or in spite of its result.",
            effect: "The sender takes a rejected delivery for a success, and does not try again.", evidence: []),
    ]
}
