internal import ReportModel

extension Weakness {
    /// Parsing and comparing the signature.
    static let familyB: [Weakness] = [
        Weakness(
            "B01", "Comparison stops at the shorter text", .critical, cwe: [697, 347], .stateless,
            bug: "The comparison covers only the length of the shorter signature.",
            effect: "An empty signature, or one guessed byte, passes.",
            evidence: ["svix/svix-webhooks#1190", "standard-webhooks/standard-webhooks#115"]),
        Weakness(
            "B02", "Unequal lengths throw", .medium, cwe: [248, 755], .stateless,
            bug: "The comparison throws on unequal lengths, and nothing catches the error.",
            effect: "A short signature aborts the request or the whole process.",
            evidence: ["inkbox-ai/inkbox#178", "KanishJebaMathewM/Truxify#3755", "JhaSourav07/commitpulse#6543"]),
        Weakness(
            "B03", "Characters counted, bytes compared", .medium, cwe: [131, 248], .stateless,
            bug: "Lengths are checked in characters, but the comparison works on bytes.",
            effect: "One accented letter in the signature crashes the handler.",
            evidence: ["mercadopago/sdk-nodejs#459", "hyperlocalise/hyperlocalise#748"]),
        Weakness(
            "B04", "Text length checked, bytes compared", .medium, cwe: [248], .stateless,
            bug: "The length of the text is checked, but the decoded bytes are compared.",
            effect: "Text that does not decode crashes the handler.",
            evidence: ["Infisical/infisical#6127"]),
        Weakness(
            "B05", "Byte above 0x7F throws", .medium, cwe: [248, 703], .stateless,
            bug: "A header byte above 0x7F reaches a function that accepts only ASCII.",
            effect: "Anyone can crash the handler with one such byte.",
            evidence: ["NousResearch/hermes-agent#65307", "srtab/daiv#1524", "viur-framework/viur-core#1673"]),
        Weakness(
            "B06", "Two undecodable texts are equal", .low, cwe: [697], .stateless,
            bug: "Undecodable text becomes an empty value, and two empty values are equal.",
            effect: "A malformed signature passes when the other side fails to decode as well.",
            evidence: ["KanishJebaMathewM/Truxify#12715", "JSONbored/loopover#1760"]),
        Weakness(
            "B07", "Decoder stops early", .low, cwe: [347, 1286], .stateless,
            bug: "The decoder stops at the first invalid character and keeps what it has.",
            effect: "One signature has endless spellings, which defeats a replay store keyed by its text.",
            evidence: ["nodejs/node#28863", "kentcdodds/kentcdodds.com#720", "KensioSoftware/yulin#183"]),
        Weakness(
            "B08", "Prefix handled loosely", .low, cwe: [1286], .stateless,
            bug: "The prefix is removed wherever it occurs, or is optional.",
            effect: "Signatures outside the scheme pass, and some inside it fail.",
            evidence: ["eep-dev/EEP#93", "blindpaylabs/blindpay-node#24", "textbee/textbee#161"]),
        Weakness(
            "B09", "Case of hexadecimal digits", .info, cwe: [178], .stateless,
            bug: "Hexadecimal is compared as text, or without regard to case.",
            effect: "A sender that uses upper case is rejected, or one signature has many spellings.",
            evidence: ["mastodon/ostatus2#5", "luguslabs/habs#230", "LucasSantana-Dev/Lucky#2103"]),
        Weakness(
            "B10", "Another encoding", .medium, cwe: [1286], .stateless,
            bug: "An undocumented encoding is accepted, or is the only one that works.",
            effect: "Deliveries signed as documented are rejected, or the grammar is wider than intended.",
            evidence: ["jackmusick/bifrost#726"]),
        Weakness(
            "B11", "Whitespace around the value", .medium, cwe: [1286], .stateless,
            bug: "Whitespace around the value is trimmed, or crashes the parser.",
            effect: "A harmless space decides whether a delivery is lost.",
            evidence: ["jackmusick/bifrost#726", "fossasia/eventyay-veditor#19"]),
        Weakness(
            "B12", "Comparison converts types", .high, cwe: [1024, 697],
            .notTestable(
                "Only signatures carried as JSON or form values have types; every built-in scheme uses a header."),
            bug: "The comparison converts types first.",
            effect: "A value such as `true` or `0` equals every signature.",
            evidence: ["dintel/php-github-webhook#4"]),
        Weakness(
            "B13", "Missing value is compared", .medium, cwe: [476, 248], .stateless,
            bug: "A missing value is passed to the comparison, which throws.",
            effect: "A request without the header causes a server error.",
            evidence: ["beyondcode/laravel-mailbox#91", "octobox/octobox#4472", "laravel/framework#23618"]),
        Weakness(
            "B14", "Comparison time depends on the data", .low, cwe: [208], .stateful,
            bug: "The comparison stops at the first differing byte.",
            effect: "The response time reveals how much of a guess was correct.",
            evidence: ["CVE-2022-43412", "CVE-2022-43411", "runatlantis/atlantis#2391"]),
        Weakness(
            "B15", "Signature read from elsewhere", .low, cwe: [598], .stateless,
            bug: "When the header is missing, the signature is read from the query, the body or a cookie.",
            effect: "Signatures end up in logs, and a cross-site form can send them.",
            evidence: ["adnanh/webhook#83", "antiv/mate#86"]),
        Weakness(
            "B16", "Digest treated as a number", .medium, cwe: [704], .stateless,
            bug: "The digest is converted to a number, and its leading zeros are lost.",
            effect: "One valid delivery in sixteen is rejected.", evidence: []),
        Weakness(
            "B17", "Base64 rewritten on the way in", .medium, cwe: [838], .stateless,
            bug: "Form decoding or another alphabet replaces the plus signs and slashes of a signature.",
            effect: "Valid deliveries whose signature contains such a character are rejected.", evidence: []),
        Weakness(
            "B18", "Error code taken for success", .critical, cwe: [253], .stateless,
            bug: "The verifier reports an error as a value that counts as true.",
            effect: "A malformed signature passes.", evidence: []),
        Weakness(
            "B19", "Verdict remembered", .high, cwe: [524, 345], .stateful,
            bug: "Verdicts are cached by less than the signature covers, or for all tenants together.",
            effect: "The signature of one genuine request passes with any body, or at another tenant.", evidence: []),
        Weakness(
            "B20", "Hash object shared by requests", .medium, cwe: [362], .stateful,
            bug: "Requests that are verified at the same time share one hash object.",
            effect: "Valid deliveries are rejected at random under load.", evidence: []),
    ]
}
