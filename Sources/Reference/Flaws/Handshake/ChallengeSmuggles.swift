internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let challengeSmuggles = Flaw(
        "challenge-smuggles", covers: ["L02"], needs: [.only(["slack"])],
        caughtBy: ["handshake/unsigned-challenge-with-event", "handshake/unsigned-delivery-called-challenge"],
        "It skips the verification of anything that calls itself a challenge, and processes it.",
        explanation: "Your endpoint lets events in that are unsigned, as long as their type says url_verification."
    ) { behaviour in
        behaviour.letsIn { _, received in
            received.json?["type"] == .string("url_verification") && received.json?["event"] != nil
        }
    }
}
