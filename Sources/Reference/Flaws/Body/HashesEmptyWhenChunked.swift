internal import Catalogue
internal import ReportModel
internal import Transport

extension Flaw {
    static let hashesEmptyWhenChunked = Flaw(
        "hashes-empty-when-chunked", covers: ["D17"], needs: [.signedBody], caughtBy: ["transport/*"],
        "It verifies no bytes at all when the body comes in chunks.",
        explanation: "Your endpoint reads as many bytes as Content-Length says, and none where there is no such header."
    ) { behaviour in
        behaviour.hashes { body, request in if case .chunked = request.framing { [] } else { body } }
    }
}
