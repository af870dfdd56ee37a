internal import Bytes
internal import ReportModel
internal import Schemes

/// What real serialisers write: as senders, and inside endpoints that write the body anew before they hash it.
extension BodyFamily {
    static let rewritten: [Case] = textsAccepted + textsRefused + plainRefused

    /// Ruby, Jackson and PHP's arrays write a text without numbers and empty objects as others do; their numbers stand
    /// among the values.
    private static let textsAccepted: [Case] = Serialiser.all
        .filter { !["ruby", "jackson", "php-array"].contains($0.id) }
        .map { serialiser in
            Case(
                "body/\(serialiser.id)-text-accepted", .must, .rawBody, .high, covers: ["D01"], cwe: [436, 345],
                needs: [.json], changes: .signedBody,
                "A valid request whose body was written by \(serialiser.title) is accepted.",
                why: "Senders are written in every language. An endpoint that hashes the text of its own serialiser "
                    + "refuses all but those in its own.",
                fix: "Hash the raw bytes of the body, before any parsing.", expect: .accepted,
                profile: serialiser.id == "python" ? .smoke : .standard
            ) { draft in
                draft.serialise = serialiser.serialise
                draft.say(telling)
            }
        }

    /// The body that is sent is written as none of them writes, and the signature is that of their text.
    private static let textsRefused: [Case] = Serialiser.all.map { serialiser in
        Case(
            "body/signature-of-\(serialiser.id)-text", .must, .rawBody, .medium, covers: ["D02"], cwe: [345, 347],
            needs: [.json, .signedBody], changes: .signedBody,
            "The signature of the text that \(serialiser.title) makes is refused for a body written in another way.",
            why:
                "Whoever holds one signed request may rewrite spacing, escapes, numbers and duplicate keys at will, and "
                + "feed what stands behind the endpoint another reading of it.",
            fix: "Hash the raw bytes of the body, and drop every fallback that writes it anew.", expect: .rejected,
            profile: serialiser.id == "javascript" ? .smoke : .standard
        ) { draft in
            draft.say(telling)
            draft.addMember("countersign_values", [.number("1.50e-7"), [:]])
            draft.signBody(as: serialiser.serialise(draft.payload))
            draft.body = draft.oddlySpaced
        }
    }

    /// The body stays as in the control, so that nothing but the spacing or the order tells the two texts apart.
    private static let plainRefused: [Case] = ["python", "python-sorted", "pretty-2", "pretty-4", "pretty-tab"]
        .compactMap(Serialiser.named)
        .map { serialiser in
            Case(
                "body/plain-with-signature-of-\(serialiser.id)-text", .must, .rawBody, .medium, covers: ["D02"],
                cwe: [345, 347], needs: [.json, .signedBody], changes: .signedMessage,
                "A compact body with the signature of the text that \(serialiser.title) makes is refused.",
                why:
                    "The endpoint verifies a text that nobody sent, so the body that it works on is not authenticated.",
                fix: "Hash the raw bytes of the body, before any parsing.", expect: .rejected
            ) { $0.signBody(as: serialiser.serialise($0.payload)) }
        }

    /// Characters that the serialisers write differently: accents, slashes, what HTML escapes, and U+2028.
    private static let telling = "café a/b <b>&'+</b> \u{2028} ~"
}
