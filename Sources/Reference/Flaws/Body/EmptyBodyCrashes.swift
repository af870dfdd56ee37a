internal import ReportModel
internal import Transport

extension Flaw {
    static let emptyBodyCrashes = Flaw(
        "empty-body-crashes", covers: ["D18"], caughtBy: ["body/*", "contract/*"],
        "It fails with an exception on an empty body.",
        explanation: "Your endpoint has no value for an empty body, and hands the missing one to the hash."
    ) { behaviour in
        behaviour.crashes(
            .trace(
                "TypeError [ERR_INVALID_ARG_TYPE]: The \"data\" argument must be of type string. Received undefined",
                "Hmac.update (node:internal/crypto/hash:109:11)")
        ) { $0.request.body.isEmpty }
    }
}
