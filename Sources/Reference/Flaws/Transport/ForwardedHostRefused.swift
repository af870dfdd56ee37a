internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let forwardedHostRefused = Flaw(
        "forwarded-host-refused", covers: ["K08"], caughtBy: ["transport/signed-with-x-forwarded-host"],
        "It refuses requests that say they came to another host.",
        explanation: "Your endpoint puts X-Forwarded-Host into what it verifies, though the scheme does not sign it."
    ) { behaviour in
        behaviour.answersFirst { received in
            let isForwarded = received.header("X-Forwarded-Host") != nil
            return isForwarded ? .answer(received.scheme.responses.rejected.response()) : nil
        }
    }
}
