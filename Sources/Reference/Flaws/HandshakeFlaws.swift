internal import Bytes
internal import Catalogue
internal import Schemes
internal import Transport

/// Challenges and pings.
enum HandshakeFlaws {
    static let all: [Flaw] = [
        Flaw(
            "challenge-unsigned", covers: ["L01"], needs: [.handshake(.challenge)], caughtBy: ["handshake/*"],
            "It answers a challenge without verifying it.",
            explanation:
                "Your endpoint answers url_verification for anyone, although Slack signs that request like any other."
        ) {
            $0.answerFirst { received in
                received.scheme.answer(toHandshake: received.json).map { .answer($0) }
            }
        },
        Flaw(
            "challenge-smuggles", covers: ["L02"], needs: [.handshake(.challenge)],
            caughtBy: ["handshake/unsigned-challenge-with-event", "handshake/unsigned-delivery-called-challenge"],
            "It skips verification for anything that claims to be a challenge, and processes it.",
            explanation:
                "Your endpoint processes unsigned events as long as their type is url_verification, so anyone can "
                + "inject them."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                received.json?["type"] == .string("url_verification") && received.json?["event"] != nil
            }
        },
        Flaw(
            "retry-acknowledged", covers: ["L05"], needs: [.header("X-Slack-Signature")],
            // By its answers; where effects are seen, by the valid request that has none.
            caughtBy: [
                "handshake/unsigned-slack-retry", "handshake/wrongly-signed-slack-retry", "handshake/signed-retry",
            ],
            "It acknowledges anything that claims to be a retry without verifying it.",
            explanation:
                "Your endpoint answers 200 to any request with X-Slack-Retry-Num before it verifies the signature, so "
                + "a forged request looks delivered."
        ) { behaviour in
            behaviour.answerFirst { received in
                received.header("X-Slack-Retry-Num") == nil ? nil : .answer(.json(200, ["ok": true]))
            }
        },
        Flaw(
            "empty-event-acknowledged", covers: ["L06"], needs: [.json],
            caughtBy: ["handshake/unsigned-empty-event-list", "handshake/unsigned-empty-object"],
            "It acknowledges an empty list of events without verifying it.",
            explanation:
                "Your endpoint answers 200 to an unsigned request that contains no events, perhaps to satisfy a "
                + "console's test button."
        ) { behaviour in
            behaviour.answerFirst { received in
                let isEmpty = received.json == .object([]) || received.json?["events"] == .array([])
                return isEmpty ? .answer(received.scheme.responses.accepted.response()) : nil
            }
        },
        Flaw(
            "signed-handshake-refused", covers: ["L01", "L05"], needs: [.handshake(.challenge)],
            caughtBy: ["handshake/signed-challenge", "handshake/signed-retry"],
            "It rejects signed challenges and retries.",
            explanation:
                "Your endpoint rejects the requests with which the platform checks the URL or retries a delivery, so "
                + "the platform stops delivering."
        ) { behaviour in
            behaviour.answerFirst { received in
                let isChallenge = received.json?["type"]?.string == "url_verification"
                return isChallenge || received.header("X-Slack-Retry-Num") != nil
                    ? .answer(received.scheme.responses.rejected.response()) : nil
            }
        },
    ]
}
