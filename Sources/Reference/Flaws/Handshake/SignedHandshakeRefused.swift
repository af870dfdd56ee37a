internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let signedHandshakeRefused = Flaw(
        "signed-handshake-refused", covers: ["L01", "L05"], needs: [.only(["slack"])],
        caughtBy: ["handshake/signed-challenge", "handshake/signed-retry"],
        "It refuses signed challenges and retries.",
        explanation: "Your endpoint refuses what the platform sends to check it, or sends a second time."
    ) { behaviour in
        behaviour.answersFirst { received in
            let isChallenge = received.json?["type"]?.string == "url_verification"
            return isChallenge || received.header("X-Slack-Retry-Num") != nil
                ? .answer(received.scheme.responses.rejected.response()) : nil
        }
    }
}
