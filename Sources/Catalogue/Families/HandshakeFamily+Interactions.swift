internal import Bytes
internal import ReportModel
internal import Schemes

// The PING with which a platform validates an address, correctly and wrongly signed (L03).
extension HandshakeFamily {
    static let interactions: [Case] = [
        Case(
            "handshake/interaction-ping-answered", .must, .handshake, .high, covers: ["L03"], cwe: [436],
            needs: [.handshake(.ping)], changes: .signedBody,
            "A correctly signed PING is answered with a PONG of type 1.",
            why: "Discord does not save an address that fails to answer its PING, and removes it later.",
            fix: "Verify, then answer 200 with {\"type\": 1}.", expect: .accepted(answering: .ping),
            profile: .smoke,
            keptFor: .interop("the platform validates every address with it")
        ) { $0.become(.ping) },
        ping("wrongly-signed", "with the signature of another message", .signedBody, profile: .smoke) { draft in
            draft.become(.ping)
            draft.spoilSignature()
        },
        ping("signed-without-timestamp", "with a signature over its body only", .signedBody) { draft in
            draft.become(.ping)
            draft.message = draft.body
        },
        ping("signed-as-command", "with the signature of a command", .body) { draft in
            draft.sendBody { $0.become(.ping) }
        },
    ]

    private static func ping(
        _ name: String, _ how: String, _ changes: Change, profile: Profile = .standard,
        edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "handshake/interaction-ping-\(name)", .must, .rejection, .high, covers: ["L03", "J08"], cwe: [347, 306],
            needs: [.handshake(.ping)], changes: changes, "A PING \(how) is answered 401.",
            why:
                "Discord sends these itself. An app that answers PONG, or another status, can't save its "
                + "address, and a live app loses it.",
            fix: "Verify before you look at the type, and answer 401 when the signature does not verify.",
            expect: .rejectedAsDocumented, profile: profile, probe: edit)
    }
}
