internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let sampleKeyAccepted = Flaw(
        "sample-key-accepted", covers: ["A07"], needs: [.hmac], caughtBy: ["algorithm/*"],
        "It accepts signatures under the secrets that documents print as samples.",
        explanation: "Your endpoint accepts signatures under a secret that stands in public documentation."
    ) { behaviour in
        behaviour.alsoTries(texts: [
            "a-random-secret-at-least-32-chars", "wh_1234567890abcdef", "whsec_test",
            "8f742231b10e8888abcd99yyyzzz85a5",
            "It's a Secret to Everybody", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        ])
    }
}
