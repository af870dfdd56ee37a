internal import Bytes
internal import Catalogue
internal import Cryptography
internal import ReportModel
internal import Schemes

extension Flaw {
    static let senderRemembered = Flaw(
        "sender-remembered", covers: ["F14"], needs: [.eventID, .json],
        caughtBy: ["replay/one-field-differs", "replay/same-body-new-id"],
        "It recognises a delivery by who sent it, what kind it is and the quarter of a minute.",
        explanation: "Your endpoint keys its memory too coarsely, and so drops events that share all but one member."
    ) { behaviour in
        behaviour.recognises { _, received, body in
            let rest = received.bodyWithoutID(body)?.replacing(pointer: received.payload.textPointer, with: nil)
            let quarter = String(received.now / 15)
            return rest.map { HashFunction.sha256.digest($0.serialized() + quarter.utf8) }
        }
    }
}
