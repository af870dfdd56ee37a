internal import ReportModel

extension Weakness {
    /// The body's bytes.
    static let familyD: [Weakness] = [
        Weakness(
            "D01", "Valid body rejected after re-serialising", .medium, cwe: [436, 345], .stateless,
            bug: "The parsed body is serialised again, and that text is hashed.",
            effect: "Valid deliveries with other spacing, order or escapes are rejected.",
            evidence: ["stripe/stripe-node#356", "cyrusagents/cyrus#996", "circlefin/arc-escrow#34"]),
        Weakness(
            "D02", "Re-serialised body accepted", .medium, cwe: [345, 347], .stateless,
            bug: "A body counts as signed when its re-serialised form matches.",
            effect: "The bytes can be altered in transit without breaking the signature.",
            evidence: ["frain-dev/convoy#2392", "cyrusagents/cyrus#996"]),
        Weakness(
            "D03", "Body encoded twice", .medium, cwe: [838], .stateless,
            bug: "The body is turned into a JSON string, or a buffer into its description, before hashing.",
            effect: "Every delivery is rejected.",
            evidence: ["workos/workos-node#1578", "meditohq/medito-app#720"]),
        Weakness(
            "D04", "Body becomes a constant", .high, cwe: [345], .stateless,
            bug: "A parsed object is converted to text and yields the same words every time.",
            effect: "One captured signature is valid for any body.",
            evidence: []),
        Weakness(
            "D05", "Raw body missing", .high, cwe: [345, 636], .stateless,
            bug: "For some content types the raw body is missing, and nothing is hashed in its place.",
            effect: "The signature of an empty body is valid for any body of that type.",
            evidence: ["activepieces/activepieces#14816", "Shopify/quilt#2177", "safetrustcr/backend-SafeTrust#462"]),
        Weakness(
            "D06", "Media type changes the parser", .medium, cwe: [436], .stateless,
            bug: "A parameter or suffix of the media type makes the body parser skip the body.",
            effect: "Valid deliveries are rejected after a harmless change by the sender.",
            evidence: ["airqo-platform/AirQo-api#6616"]),
        Weakness(
            "D07", "Lossy decoding", .medium, cwe: [838, 345], .stateless,
            bug: "The body is decoded with replacement characters before hashing.",
            effect: "Different bodies share one signature.",
            evidence: ["activepieces/activepieces#14816", "forklaunch/forklaunch#244"]),
        Weakness(
            "D08", "Non-ASCII text", .medium, cwe: [176, 838], .stateless,
            bug: "The body is transcoded or normalised before hashing.",
            effect: "Every message with non-ASCII text is lost.",
            evidence: ["github/docs#3567", "octokit/webhooks.js#1155", "jonpulice/node-shopify-auth#2"]),
        Weakness(
            "D09", "Byte-order mark and character set", .medium, cwe: [838], .stateless,
            bug: "A byte-order mark is dropped, or the declared character set is applied, before hashing.",
            effect: "Deliveries are rejected, or unsigned bytes pass.",
            evidence: ["n8n-io/n8n#35933"]),
        Weakness(
            "D10", "Newlines rewritten", .medium, cwe: [436], .stateless,
            bug: "Newlines are rewritten before hashing.",
            effect: "Bodies with other newlines are rejected, or can be altered unnoticed.",
            evidence: ["stripe/stripe-dotnet#1506", "channable/hoff#127"]),
        Weakness(
            "D11", "Body trimmed", .low, cwe: [345], .stateless,
            bug: "Whitespace at either end of the body is trimmed before hashing.",
            effect: "Bytes can be added that the signature does not cover, or deliveries are lost.",
            evidence: ["TritonDataCenter/node-http-signature#122"]),
        Weakness(
            "D12", "Numbers rewritten", .medium, cwe: [436], .stateless,
            bug: "Numbers are parsed and serialised again before hashing.",
            effect: "Bodies with decimals, exponents or large integers are rejected.",
            evidence: ["adcontextprotocol/adcp-client#313"]),
        Weakness(
            "D13", "Members reordered", .medium, cwe: [436], .stateless,
            bug: "Members are reordered before hashing.",
            effect: "Bodies whose keys are in another order are rejected.",
            evidence: ["attendee-labs/attendee#227", "NangoHQ/nango#4572"]),
        Weakness(
            "D14", "Escapes rewritten", .medium, cwe: [116, 436], .stateless,
            bug: "Escapes are decoded and written in another form before hashing.",
            effect: "Bodies with slashes, accents or angle brackets are rejected.",
            evidence: ["grnhse/greenhouse-api-docs#276"]),
        Weakness(
            "D15", "Duplicate members", .medium, cwe: [436, 694], .stateless,
            bug: "Two parsers pick different members among duplicates.",
            effect: "The value that was checked is not the value that is processed.",
            evidence: ["adcontextprotocol/adcp#2483"]),
        Weakness(
            "D16", "Compressed bodies", .medium, cwe: [436], .stateless,
            bug: "One side hashes the compressed body, the other the decompressed one.",
            effect: "Compressed deliveries are rejected, or unverified bytes are decompressed.",
            evidence: ["GetStream/stream-chat-php#168", "GetStream/stream-chat-js#1735", "silverton-io/buz#588"]),
        Weakness(
            "D17", "Chunked bodies read as empty", .medium, cwe: [345, 444], .stateless,
            bug: "A body without a Content-Length counts as empty.",
            effect: "Chunked deliveries are rejected, or pass with the signature of an empty body.",
            evidence: [
                "inngest/inngest-js#1267", "awslabs/aws-sigv4-proxy#151",
                "bogkonstantin/android_income_sms_gateway_webhook#97",
            ]),
        Weakness(
            "D18", "Empty bodies", .medium, cwe: [755], .stateless,
            bug: "A missing body, an empty one and an empty object are confused.",
            effect: "Empty deliveries fail, or pass with each other's signature.",
            evidence: ["connorjburton/hmac-auth-express#67", "acquia/http-hmac-spec#20"]),
        Weakness(
            "D19", "Form bodies", .medium, cwe: [436], .stateless,
            bug: "Only JSON bodies are hashed as received.",
            effect: "Form deliveries are rejected or go unverified.",
            evidence: ["nodejs/node#11844", "frain-dev/convoy#2392"]),
        Weakness(
            "D20", "Gateway rewrites the body", .medium, cwe: [436], .stateless,
            bug: "A gateway rewrites the body, and the rewritten text is hashed.",
            effect: "Every delivery through that gateway is rejected.",
            evidence: ["stripe/stripe-node#1768", "aws/chalice#2", "architect/architect#393"]),
        Weakness(
            "D21", "Signed message normalised", .medium, cwe: [178], .stateless,
            bug: "Part of the signed message is lower-cased or trimmed first.",
            effect: "Deliveries whose id has upper-case letters are rejected.",
            evidence: ["mercadopago/sdk-nodejs#439", "mercadopago/sdk-java#372"]),
        Weakness(
            "D22", "Body decoded piece by piece", .medium, cwe: [172], .stateless,
            bug: "Each piece of the body is decoded to text when it arrives.",
            effect: "A delivery is rejected when one of its characters is split between two pieces.", evidence: []),
        Weakness(
            "D23", "Long bodies lost or cut", .medium, cwe: [770], .stateless,
            bug: "Only one read of the body is kept, or its limit is below that of the sender.",
            effect: "Long deliveries are rejected.", evidence: []),
        Weakness(
            "D24", "Form deliveries not unwrapped", .medium, cwe: [436],
            .notTestable("It takes a scheme whose deliveries are forms; every built-in scheme sends JSON."),
            bug: "A form parser consumes the body first, or the field that holds the payload is not unwrapped.",
            effect: "Deliveries of vendors that send forms are rejected.", evidence: []),
    ]
}
