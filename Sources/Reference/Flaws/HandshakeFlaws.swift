internal import Bytes
internal import Catalogue
internal import Schemes
internal import Transport

/// Challenges and pings.
enum HandshakeFlaws {
    static let all: [Flaw] = [
        Flaw(
            "challenge-unsigned", covers: ["L01"], needs: [.handshake(.challenge)], caughtBy: ["handshake/*"],
            "It answers a challenge before it verifies it.",
            explanation:
                "Your endpoint answers url_verification to anyone, where Slack signs that request like any other."
        ) {
            $0.answerFirst { received in
                received.scheme.answer(toHandshake: received.json).map { .answer($0) }
            }
        },
        Flaw(
            "challenge-smuggles", covers: ["L02"], needs: [.handshake(.challenge)],
            caughtBy: ["handshake/unsigned-challenge-with-event", "handshake/unsigned-delivery-called-challenge"],
            "It skips the verification of anything that calls itself a challenge, and processes it.",
            explanation: "Your endpoint lets events in that are unsigned, as long as their type says url_verification."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                received.json?["type"] == .string("url_verification") && received.json?["event"] != nil
            }
        },
        Flaw(
            "retry-acknowledged", covers: ["L05"], needs: [.header("X-Slack-Signature")],
            caughtBy: ["handshake/unsigned-slack-retry", "handshake/wrongly-signed-slack-retry"],
            "It acknowledges what calls itself a retry, without verifying it.",
            explanation: "Your endpoint answers 200 to any request with X-Slack-Retry-Num, before it verifies it."
        ) { behaviour in
            behaviour.answerFirst { received in
                received.header("X-Slack-Retry-Num") == nil ? nil : .answer(.json(200, ["ok": true]))
            }
        },
        Flaw(
            "empty-event-acknowledged", covers: ["L06"], needs: [.json],
            caughtBy: ["handshake/unsigned-empty-event-list", "handshake/unsigned-empty-object"],
            "It acknowledges an empty list of events, without verifying it.",
            explanation:
                "Your endpoint answers 200 to an unsigned request without events, to please a button for testing."
        ) { behaviour in
            behaviour.answerFirst { received in
                let isEmpty = received.json == .object([]) || received.json?["events"] == .array([])
                return isEmpty ? .answer(received.scheme.responses.accepted.response()) : nil
            }
        },
        Flaw(
            "signed-handshake-refused", covers: ["L01", "L05"], needs: [.handshake(.challenge)],
            caughtBy: ["handshake/signed-challenge", "handshake/signed-retry"],
            "It refuses signed challenges and retries.",
            explanation: "Your endpoint refuses what the platform sends to check it, or sends a second time."
        ) { behaviour in
            behaviour.answerFirst { received in
                let isChallenge = received.json?["type"]?.string == "url_verification"
                return isChallenge || received.header("X-Slack-Retry-Num") != nil
                    ? .answer(received.scheme.responses.rejected.response()) : nil
            }
        },
    ]
}
