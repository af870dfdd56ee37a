internal import Bytes
internal import ReportModel
internal import Schemes

// The PING with which Discord validates an address, correctly and wrongly signed (L03).
extension HandshakeFamily {
    static let interactions: [Case] = [
        Case(
            "handshake/interaction-ping-answered", .must, .handshake, .high, covers: ["L03"], cwe: [436],
            needs: [.only(["discord"])], changes: .signedBody,
            "A correctly signed PING is answered with a PONG of type 1.",
            why: "Discord does not save an address that fails to answer its PING, and removes it later.",
            fix: "Verify, then answer 200 with {\"type\": 1}.", expect: .accepted(answering: "type", 1),
            profile: .smoke,
            keptFor: .interop("the platform validates every address with it")
        ) { $0.becomePing() },
        ping("wrongly-signed", "with the signature of another message", .signedBody, profile: .smoke) { draft in
            draft.becomePing()
            draft.spoilSignature()
        },
        ping("signed-without-timestamp", "with a signature over its body only", .signedBody) { draft in
            draft.becomePing()
            draft.message = draft.body
        },
        ping("signed-as-command", "with the signature of a command", .body) { draft in
            draft.sendBody { $0.becomePing() }
        },
    ]

    private static func ping(
        _ name: String, _ how: String, _ changes: Change, profile: Profile = .standard,
        edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "handshake/interaction-ping-\(name)", .must, .rejection, .high, covers: ["L03", "J08"], cwe: [347, 306],
            needs: [.only(["discord"])], changes: changes, "A PING \(how) is answered 401.",
            why:
                "Discord sends these itself. An app that answers PONG, or another status, can't save its "
                + "address, and a live app loses it.",
            fix: "Verify before you look at the type, and answer 401 when the signature does not verify.",
            expect: .rejectedAsDocumented, profile: profile, probe: edit)
    }
}

extension Draft {
    fileprivate mutating func becomePing() {
        body = JSON.object([
            JSON.Member("application_id", "1000000000000000001"),
            JSON.Member("id", .string(String(decoding: eventID, as: UTF8.self))),
            JSON.Member("token", "countersign-interaction-token"), JSON.Member("type", 1), JSON.Member("version", 1),
        ]).serialized()
    }
}
