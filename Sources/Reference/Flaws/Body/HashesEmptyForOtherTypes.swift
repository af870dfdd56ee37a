internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Transport

extension Flaw {
    static let hashesEmptyForOtherTypes = Flaw(
        "hashes-empty-for-other-types", covers: ["D05"], needs: [.signedBody, .json], caughtBy: ["body/content-type-*"],
        "It verifies no bytes at all when the body is not said to be JSON.",
        explanation: "Your endpoint keeps the raw body of JSON only, and hashes nothing for any other content type."
    ) { behaviour in
        behaviour.hashes { body, request in ReceivedRequest.mediaType(of: request) == "application/json" ? body : [] }
    }
}
