internal import Bytes
internal import ReportModel
internal import Schemes

/// The output of real serialisers: in senders, and in endpoints that re-serialise the body before they hash it.
extension BodyFamily {
    static let rewritten: [Case] = textsAccepted + textsRefused + plainRefused

    /// Ruby, Jackson and PHP's arrays write text without numbers and empty objects as others do; their numbers are
    /// among the values.
    private static let textsAccepted: [Case] = Serialiser.all
        .filter { !["ruby", "jackson", "php-array"].contains($0.id) }
        .map { serialiser in
            Case(
                "body/\(serialiser.id)-text-accepted", .must, .rawBody, .high, covers: ["D01"], cwe: [436, 345],
                needs: [.json], changes: .signedBody,
                "A valid request whose body was written by \(serialiser.title) is accepted.",
                why: "Senders are written in every language. An endpoint that hashes its own serialiser's text "
                    + "rejects all others.",
                fix: "Hash the raw bytes of the body before you parse them.", expect: .accepted,
                profile: serialiser.id == "python" ? .smoke : .standard
            ) { draft in
                draft.serialise = serialiser.serialise
                draft.say(telling)
            }
        }

    /// No serialiser writes the body like this; the signature is that of the serialiser's text.
    private static let textsRefused: [Case] = Serialiser.all.map { serialiser in
        Case(
            "body/signature-of-\(serialiser.id)-text", .must, .rawBody, .medium, covers: ["D02"], cwe: [345, 347],
            needs: [.json, .signedBody], changes: .signedBody,
            "The signature of the text that \(serialiser.title) produces is rejected for a body written differently.",
            why:
                "With one signed request, an attacker can change spacing, escapes, numbers and duplicate keys at "
                + "will, so that the code after the verifier reads something else.",
            fix: "Hash the raw bytes of the body, and remove every fallback that re-serialises it.", expect: .rejected,
            profile: serialiser.id == "javascript" ? .smoke : .standard
        ) { draft in
            draft.say(telling)
            draft.addMember("countersign_values", [.number("1.50e-7"), [:]])
            draft.signBody(as: serialiser.serialise(draft.payload))
            draft.body = draft.oddlySpaced
        }
    }

    /// The body stays as in the control, so that the two texts differ only in spacing or order.
    private static let plainRefused: [Case] = ["python", "python-sorted", "pretty-2", "pretty-4", "pretty-tab"]
        .compactMap(Serialiser.named)
        .map { serialiser in
            Case(
                "body/plain-with-signature-of-\(serialiser.id)-text", .must, .rawBody, .medium, covers: ["D02"],
                cwe: [345, 347], needs: [.json, .signedBody], changes: .signedMessage,
                "A compact body with the signature of the text that \(serialiser.title) produces is rejected.",
                why:
                    "The endpoint verifies text that nobody sent, so the body it processes is not authenticated.",
                fix: "Hash the raw bytes of the body before you parse them.", expect: .rejected
            ) { $0.signBody(as: serialiser.serialise($0.payload)) }
        }

    /// Characters that serialisers write differently: accents, slashes, HTML's special characters, and U+2028.
    private static let telling = "café a/b <b>&'+</b> \u{2028} ~"
}
