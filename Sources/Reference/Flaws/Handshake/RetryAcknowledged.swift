internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Transport

extension Flaw {
    static let retryAcknowledged = Flaw(
        "retry-acknowledged", covers: ["L05"], needs: [.only(["slack"])],
        caughtBy: ["handshake/unsigned-slack-retry", "handshake/wrongly-signed-slack-retry"],
        "It acknowledges what calls itself a retry, without verifying it.",
        explanation: "Your endpoint answers 200 to any request with X-Slack-Retry-Num, before it verifies it."
    ) { behaviour in
        behaviour.answersFirst { received in
            received.header("X-Slack-Retry-Num") == nil ? nil : .answer(.json(200, ["ok": true]))
        }
    }
}
