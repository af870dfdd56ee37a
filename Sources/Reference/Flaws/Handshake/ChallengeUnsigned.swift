internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Transport

extension Flaw {
    static let challengeUnsigned = Flaw(
        "challenge-unsigned", covers: ["L01"], needs: [.only(["slack"])], caughtBy: ["handshake/*"],
        "It answers a challenge before it verifies it.",
        explanation: "Your endpoint answers url_verification to anyone, where Slack signs that request like any other."
    ) {
        $0.answersFirst { received in Handshake.answer(to: received.json, scheme: received.scheme).map { .answer($0) } }
    }
}
