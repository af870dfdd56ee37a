internal import Catalogue
internal import Cryptography
internal import ReportModel
internal import Transport

extension Flaw {
    static let idAndBodyRemembered = Flaw(
        "id-and-body-remembered", covers: ["F06"], needs: [.eventID], caughtBy: ["replay/same-id-other-body"],
        "It takes the same id with another body for another event.",
        explanation: "Your endpoint processes a second body under an id that it has processed already."
    ) { $0.recognises { id, received, _ in id + HashFunction.sha256.digest(received.request.body) } }
}
