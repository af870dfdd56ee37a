internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let contentTypeCrashes = Flaw(
        "content-type-crashes", covers: ["D05", "D06"], needs: [.json], caughtBy: ["body/content-type-*"],
        "It fails with an exception when the body is not said to be JSON.",
        explanation: "Your endpoint has no raw body for other content types, and hands the missing value to the hash."
    ) { behaviour in
        behaviour.crashes(
            .trace(
                "TypeError [ERR_INVALID_ARG_TYPE]: The \"data\" argument must be of type string. Received undefined",
                "Hmac.update (node:internal/crypto/hash:109:11)", "verify (/app/src/hook.js:19:8)")
        ) { $0.mediaType != "application/json" }
    }
}
