internal import ReportModel

extension Weakness {
    /// The timestamp.
    static let familyE: [Weakness] = [
        Weakness(
            "E01", "Age never checked", .medium, cwe: [294, 613], .stateless,
            bug: "The timestamp is signed but never compared with the clock.",
            effect: "A captured request remains valid forever.",
            evidence: ["GHSA-q9g3-q6fj-hc2x", "windmill-labs/windmill#8596", "Coolhand-Labs/coolhand-ruby#86"]),
        Weakness(
            "E02", "Age checked only when present", .high, cwe: [294, 636], .stateless,
            bug: "A request without a timestamp skips the age check.",
            effect: "A forger, or a replay, simply omits the timestamp.",
            evidence: ["own-pay/OwnPay#296", "linear/linear#1268"]),
        Weakness(
            "E03", "Timestamp not signed", .high, cwe: [294, 345], .stateless,
            bug: "The age is computed from a value that the signature does not cover.",
            effect: "Editing one header makes a captured request fresh again.",
            evidence: ["HearthSim/HSReplay.net#322", "linear/linear#1268", "dogecoinfoundation/gigawallet#147"]),
        Weakness(
            "E04", "Not-a-number counts as fresh", .medium, cwe: [20, 697], .stateless,
            bug: "Text that is not a number compares as neither too old nor too new.",
            effect: "A request with such a timestamp never expires.",
            evidence: ["TheMorpheus407/the-dmz#2088", "elizaOS/eliza#24389", "thirdweb-dev/js#7103"]),
        Weakness(
            "E05", "Leading digits parsed, rest ignored", .low, cwe: [1286], .stateless,
            bug: "Leading digits are parsed and the rest is ignored.",
            effect: "The value that was signed is not the value that was checked.",
            evidence: ["open-mercato/open-mercato#3945"]),
        Weakness(
            "E06", "Unusual spellings of numbers", .info, cwe: [1286], .stateless,
            bug: "Signs, spaces, leading zeros, underscores or other digits are accepted as a number.",
            effect: "One moment has many spellings, and two parsers may disagree.",
            evidence: []),
        Weakness(
            "E07", "Future unbounded", .medium, cwe: [294, 1284], .stateless,
            bug: "Only the past is limited.",
            effect: "A request stamped far ahead can be replayed until then.",
            evidence: ["stripe/stripe-php#657", "mailgun/documentation#235", "jonwiggins/optio#83"]),
        Weakness(
            "E08", "Edge of the window", .info, cwe: [193], .stateless,
            bug: "The limit of the window is off by one, or shifts with rounding.",
            effect: "Requests at the limit are judged differently than documented.",
            evidence: ["stripe/stripe-php#657"]),
        Weakness(
            "E09", "Milliseconds as seconds", .medium, cwe: [1284, 682], .stateless,
            bug: "Milliseconds and seconds are confused.",
            effect: "Every delivery is rejected, or none ever expires.",
            evidence: ["mercadopago/sdk-nodejs#458", "workos/workos-node#1579", "simstudioai/sim#4612"]),
        Weakness(
            "E10", "Overflow", .medium, cwe: [190], .stateless,
            bug: "A huge number wraps around or becomes infinite.",
            effect: "Overflow passes the check, or crashes the handler.",
            evidence: ["camunda/connectors#8989"]),
        Weakness(
            "E11", "Zero and negative", .medium, cwe: [1284], .stateless,
            bug: "Zero or a negative number counts as no timestamp.",
            effect: "The age check is skipped.",
            evidence: ["MervinPraison/PraisonAI#1613"]),
        Weakness(
            "E12", "Date instead of a number", .medium, cwe: [436], .stateless,
            bug: "One side writes a date and the other expects a number.",
            effect: "Every delivery is rejected, or the unreadable date is ignored.",
            evidence: ["adcontextprotocol/adcp#1383"]),
        Weakness(
            "E13", "No allowance for clock drift", .medium, cwe: [1284], .stateless,
            bug: "A clock that runs slightly ahead is not tolerated.",
            effect: "Valid deliveries are lost whenever two clocks differ a little.",
            evidence: ["opengovsg/formsg-javascript-sdk#47"]),
        Weakness(
            "E14", "Two timestamps disagree", .medium, cwe: [345], .stateless,
            bug: "There are two timestamps, and the wrong one is checked.",
            effect: "An old request looks fresh, or a retry looks old.",
            evidence: ["linear/linear#1268", "vectorize-io/hindsight#3072"]),
        Weakness(
            "E15", "Bytes move between signed values", .high, cwe: [345, 1286], .stateless,
            bug: "Signed values are joined without a separator.",
            effect: "Bytes move from one value to the next under the same signature.",
            evidence: ["Wide-Moat/open-computer-use#377"]),
        Weakness(
            "E16", "Tolerance is not a number", .medium, cwe: [1188], .stateless,
            bug: "The configured tolerance is not a number, negative or infinite.",
            effect: "The age check never rejects anything.",
            evidence: ["nextlyhq/nextly#227", "profullstack/sh1pt#877"]),
    ]
}
