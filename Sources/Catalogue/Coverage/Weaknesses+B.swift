internal import ReportModel

extension Weakness {
    /// Reading and comparing the signature.
    static let familyB: [Weakness] = [
        Weakness(
            "B01", "Comparison stops at the shorter text", .critical, cwe: [697, 347], .stateless,
            bug: "Signatures are compared only as far as the shorter of the two goes.",
            effect: "An empty signature, or one guessed byte, is enough.",
            evidence: ["svix/svix-webhooks#1190", "standard-webhooks/standard-webhooks#115"]),
        Weakness(
            "B02", "Unequal lengths throw", .medium, cwe: [248, 755], .stateless,
            bug: "A comparison that throws on unequal lengths is not caught.",
            effect: "A short signature stops the request, or the whole process.",
            evidence: ["inkbox-ai/inkbox#178", "KanishJebaMathewM/Truxify#3755", "JhaSourav07/commitpulse#6543"]),
        Weakness(
            "B03", "Characters counted, bytes compared", .medium, cwe: [131, 248], .stateless,
            bug: "Characters are counted before the comparison, and bytes within it.",
            effect: "One accented letter in the signature makes the handler fail.",
            evidence: ["mercadopago/sdk-nodejs#459", "hyperlocalise/hyperlocalise#748"]),
        Weakness(
            "B04", "Text length checked, bytes compared", .medium, cwe: [248], .stateless,
            bug: "The length of the text is checked, but the decoded bytes are compared.",
            effect: "Text that does not decode makes the handler fail.",
            evidence: ["Infisical/infisical#6127"]),
        Weakness(
            "B05", "Byte above 0x7F throws", .medium, cwe: [248, 703], .stateless,
            bug: "Header text with a byte above 0x7F reaches a function that only takes ASCII.",
            effect: "One such byte from a stranger makes the handler fail.",
            evidence: ["NousResearch/hermes-agent#65307", "srtab/daiv#1524", "viur-framework/viur-core#1673"]),
        Weakness(
            "B06", "Two undecodable texts are equal", .low, cwe: [697], .stateless,
            bug: "A text that can't be decoded becomes nothing, and two nothings are equal.",
            effect: "A signature that is not one passes where the other side fails to decode too.",
            evidence: ["KanishJebaMathewM/Truxify#12715", "JSONbored/loopover#1760"]),
        Weakness(
            "B07", "Decoder stops early", .low, cwe: [347, 1286], .stateless,
            bug: "The decoder stops at the first foreign character and keeps what it has.",
            effect: "One signature has endless spellings, which defeats a replay store keyed by its text.",
            evidence: ["nodejs/node#28863", "kentcdodds/kentcdodds.com#720", "KensioSoftware/yulin#183"]),
        Weakness(
            "B08", "Prefix handled loosely", .low, cwe: [1286], .stateless,
            bug: "The prefix is removed wherever it stands, or need not be there.",
            effect: "Signatures that the scheme does not know pass, and some that it knows fail.",
            evidence: ["eep-dev/EEP#93", "blindpaylabs/blindpay-node#24", "textbee/textbee#161"]),
        Weakness(
            "B09", "Case of hexadecimal", .info, cwe: [178], .stateless,
            bug: "Hexadecimal is compared as text, or its case is ignored.",
            effect: "A sender that writes capitals is refused, or one signature has many spellings.",
            evidence: ["mastodon/ostatus2#5", "luguslabs/habs#230", "LucasSantana-Dev/Lucky#2103"]),
        Weakness(
            "B10", "Another encoding", .medium, cwe: [1286], .stateless,
            bug: "Another encoding than the documented one is accepted, or is the only one that works.",
            effect: "Deliveries signed as documented are refused, or the grammar is wider than was meant.",
            evidence: ["jackmusick/bifrost#726"]),
        Weakness(
            "B11", "Blanks in the value", .medium, cwe: [1286], .stateless,
            bug: "Blanks around the value are cut off, or make the parser fail.",
            effect: "A harmless space decides whether a delivery is lost.",
            evidence: ["jackmusick/bifrost#726", "fossasia/eventyay-veditor#19"]),
        Weakness(
            "B12", "Comparison converts types", .high, cwe: [1024, 697],
            .notTestable(
                "Only signatures carried as JSON or form values have types, and every built-in scheme "
                    + "carries them in a header."),
            bug: "The comparison converts types before it compares.",
            effect: "A value such as `true` or `0` equals every signature.",
            evidence: ["dintel/php-github-webhook#4"]),
        Weakness(
            "B13", "Missing value reaches the comparison", .medium, cwe: [476, 248], .stateless,
            bug: "A missing value is passed to the comparison, which throws.",
            effect: "A request without a header is answered with a server error.",
            evidence: ["beyondcode/laravel-mailbox#91", "octobox/octobox#4472", "laravel/framework#23618"]),
        Weakness(
            "B14", "Comparison time depends on the data", .low, cwe: [208],
            .notTestable("One answer does not show it: 'countersign timing' measures it."),
            bug: "The comparison stops at the first byte that differs.",
            effect: "The time of the answer tells how much of a guess was right.",
            evidence: ["CVE-2022-43412", "CVE-2022-43411", "runatlantis/atlantis#2391"]),
        Weakness(
            "B15", "Signature taken from another place", .low, cwe: [598], .stateless,
            bug: "The signature is read from the query, the body or a cookie when the header lacks it.",
            effect: "Signatures end up in logs, and a form from another site can send them.",
            evidence: ["adnanh/webhook#83", "antiv/mate#86"]),
    ]
}
