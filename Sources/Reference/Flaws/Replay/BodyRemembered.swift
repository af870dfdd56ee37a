internal import Bytes
internal import Catalogue
internal import Cryptography
internal import ReportModel

extension Flaw {
    static let bodyRemembered = Flaw(
        "body-remembered", covers: ["F13"], needs: [.eventID], caughtBy: ["replay/same-body-new-id"],
        "It recognises a delivery by its body, whatever its id.",
        explanation:
            "Your endpoint drops the second of two events that say the same, although they have ids of their own."
    ) { behaviour in
        behaviour.recognises { _, received, body in
            received.bodyWithoutID(body).map { HashFunction.sha256.digest($0.serialized()) }
        }
    }
}
