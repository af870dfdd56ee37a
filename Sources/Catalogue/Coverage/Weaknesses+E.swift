internal import ReportModel

extension Weakness {
    /// The timestamp.
    static let familyE: [Weakness] = [
        Weakness(
            "E01", "Age unchecked", .medium, cwe: [294, 613], .stateless,
            bug: "The timestamp is signed but never compared with the clock.",
            effect: "A captured request is good for ever.",
            evidence: ["GHSA-q9g3-q6fj-hc2x", "windmill-labs/windmill#8596", "Coolhand-Labs/coolhand-ruby#86"]),
        Weakness(
            "E02", "Age checked only when stated", .high, cwe: [294, 636], .stateless,
            bug: "A request without a timestamp skips the check of its age.",
            effect: "A forger or replayer leaves the timestamp out.",
            evidence: ["own-pay/OwnPay#296", "linear/linear#1268"]),
        Weakness(
            "E03", "Timestamp not signed", .high, cwe: [294, 345], .stateless,
            bug: "The age is read from a value that the signature does not cover.",
            effect: "A captured request is made young again by editing one header.",
            evidence: ["HearthSim/HSReplay.net#322", "linear/linear#1268", "dogecoinfoundation/gigawallet#147"]),
        Weakness(
            "E04", "No number compares as fresh", .medium, cwe: [20, 697], .stateless,
            bug: "A text that is no number compares as neither too old nor too new.",
            effect: "A request stamped so never grows old.",
            evidence: ["TheMorpheus407/the-dmz#2088", "elizaOS/eliza#24389", "thirdweb-dev/js#7103"]),
        Weakness(
            "E05", "Digits read as far as they go", .low, cwe: [1286], .stateless,
            bug: "Digits are read as far as they go and the rest is ignored.",
            effect: "The value that was signed is not the value that was checked.",
            evidence: ["open-mercato/open-mercato#3945"]),
        Weakness(
            "E06", "Odd spellings of numbers", .info, cwe: [1286], .stateless,
            bug: "Signs, blanks, zeros in front, underscores or other digits are taken as a number.",
            effect: "One moment has many spellings, and two parsers may disagree.",
            evidence: []),
        Weakness(
            "E07", "Future unbounded", .medium, cwe: [294, 1284], .stateless,
            bug: "Only the past is bounded.",
            effect: "A request stamped far ahead can be replayed until then.",
            evidence: ["stripe/stripe-php#657", "mailgun/documentation#235", "jonwiggins/optio#83"]),
        Weakness(
            "E08", "Edge of the window", .info, cwe: [193], .stateless,
            bug: "The edge of the window is off by one, or falls to rounding.",
            effect: "Requests at the edge are judged otherwise than documented.",
            evidence: ["stripe/stripe-php#657"]),
        Weakness(
            "E09", "Milliseconds for seconds", .medium, cwe: [1284, 682], .stateless,
            bug: "Milliseconds and seconds are mixed up.",
            effect: "Every delivery is refused, or none ever grows old.",
            evidence: ["mercadopago/sdk-nodejs#458", "workos/workos-node#1579", "simstudioai/sim#4612"]),
        Weakness(
            "E10", "Overflow", .medium, cwe: [190], .stateless,
            bug: "A huge number wraps around or becomes infinite.",
            effect: "The check is passed by arithmetic, or the handler fails.",
            evidence: ["camunda/connectors#8989"]),
        Weakness(
            "E11", "Zero and negative", .medium, cwe: [1284], .stateless,
            bug: "Zero or a negative number reads as no timestamp.",
            effect: "The check of the age is skipped.",
            evidence: ["MervinPraison/PraisonAI#1613"]),
        Weakness(
            "E12", "Date for a number", .medium, cwe: [436], .stateless,
            bug: "One side writes a date and the other expects a number.",
            effect: "Every delivery is refused, or the unreadable date is ignored.",
            evidence: ["adcontextprotocol/adcp#1383"]),
        Weakness(
            "E13", "No allowance for clock drift", .medium, cwe: [1284], .stateless,
            bug: "No allowance is made for a clock that runs slightly ahead.",
            effect: "Valid deliveries are lost whenever two clocks differ a little.",
            evidence: ["opengovsg/formsg-javascript-sdk#47"]),
        Weakness(
            "E14", "Two timestamps disagree", .medium, cwe: [345], .stateless,
            bug: "Two timestamps exist and the wrong one is checked.",
            effect: "An old request looks fresh, or a retry looks old.",
            evidence: ["linear/linear#1268", "vectorize-io/hindsight#3072"]),
        Weakness(
            "E15", "Bytes move between signed values", .high, cwe: [345, 1286], .stateless,
            bug: "Signed values stand side by side with nothing between.",
            effect: "Bytes move from one value to the next under the same signature.",
            evidence: ["Wide-Moat/open-computer-use#377"]),
        Weakness(
            "E16", "Tolerance is no number", .medium, cwe: [1188], .stateless,
            bug: "The configured tolerance is not a number, negative or endless.",
            effect: "The check of the age never refuses anything.",
            evidence: ["nextlyhq/nextly#227", "profullstack/sh1pt#877"]),
    ]
}
