internal import Bytes
internal import ReportModel
internal import Schemes
internal import Transport

/// Challenges and pings with which platforms validate an address. Answered unsigned, they bypass the verifier.
enum HandshakeFamily {
    static let cases: [Case] = challenges + interactions + strangers + parameters + retries

    /// Slack's, which other platforms have copied.
    private static let challenge: JSON = [
        "type": "url_verification", "token": "x", "challenge": "countersign-challenge",
    ]

    /// Challenges that are signed like any other request.
    private static let challenges: [Case] = [
        Case(
            "handshake/signed-challenge", .should, .handshake, .medium, covers: ["L01"], cwe: [436],
            needs: [.handshake(.challenge)], changes: .signedBody, "A correctly signed url_verification is accepted.",
            why: "Slack does not save an address that fails to answer its challenge.",
            fix: "Verify, then answer 200 with the challenge.", expect: .accepted
        ) { $0.become(.challenge) },
        challengeCase("wrongly-signed-challenge", "wrongly signed", .signedBody) { $0.spoilSignature() },
        challengeCase("stale-challenge", "correctly signed and an hour old", [.body, .timestamp, .message, .signature])
        {
            $0.timestamp = $0.stamp(after: -.hours(1))
        },
        challengeCase("challenge-signed-without-its-body", "with the signature of an empty body", .signedBody) {
            $0.signBody(as: [])
        },
    ]

    private static func challengeCase(
        _ name: String, _ how: String, _ changes: Change, edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "handshake/\(name)", .must, .signature, .low, covers: ["L01"], cwe: [306],
            needs: [.handshake(.challenge)], changes: changes, "A url_verification, \(how), is rejected.",
            why:
                "Slack signs its challenge. An endpoint that answers others reveals to anyone what it is, and "
                + "has a path around its verifier.",
            fix: "Verify before you look at the type.", expect: .rejected
        ) { draft in
            draft.become(.challenge)
            edit(&draft)
        }
    }

    /// Handshakes of many platforms, unsigned.
    private static let strangers: [Case] = [
        unsigned("unsigned-challenge", "url_verification", ["L01"], challenge),
        unsigned(
            "unsigned-challenge-with-event", "url_verification that carries an event", ["L02"],
            [
                "type": "url_verification", "challenge": "countersign-challenge",
                "event": ["type": "message", "text": "countersign"],
            ], severity: .high),
        unsigned("unsigned-interaction-ping", "ping of type 1", ["L02", "L03"], ["type": 1, "id": "1", "token": "x"]),
        unsigned("unsigned-ping", "ping", ["L02"], ["type": "ping", "event": "ping"]),
        unsigned(
            "unsigned-plain-token", "endpoint.url_validation", ["L01"],
            ["event": "endpoint.url_validation", "payload": ["plainToken": "countersign"]]),
        unsigned("unsigned-webhook-test", "webhook test", ["L06"], ["type": "webhook.test", "test": true]),
        unsigned("unsigned-empty-event-list", "empty list of events", ["L06"], ["events": []]),
        unsigned("unsigned-empty-object", "empty event", ["L06"], [:]),
        unsignedDelivery("unsigned-delivery-called-challenge", "url_verification") {
            $0.payload = $0.payload.replacing(pointer: "/type", with: "url_verification")
        },
        unsignedDelivery("unsigned-delivery-with-challenge", "a challenge") {
            $0.payload = $0.payload.replacing(pointer: "/challenge", with: "countersign-challenge")
        },
        Case(
            "handshake/unsigned-empty-body", .should, .presence, .low, covers: ["L06"], cwe: [306],
            changes: [.body, .signature], "An unsigned request with an empty body is rejected.",
            why: "An answer confirms the endpoint to anyone, and may be a path around the verifier.",
            fix: "Verify every request except those that are unsigned by design.", expect: .rejected
        ) { draft in
            draft.sendBody([])
            draft.dropSignature()
        },
        Case(
            "handshake/unsigned-form-check", .should, .presence, .low, covers: ["L01"], cwe: [306],
            changes: [.body, .contentType, .signature], "An unsigned ssl_check is rejected.",
            why: "Old handlers answer this form before they verify, which is a path around the verifier.",
            fix: "Verify before you look at the body.", expect: .rejected
        ) { draft in
            draft.contentType = Array("application/x-www-form-urlencoded".utf8)
            draft.sendBody(Array("ssl_check=1&token=x".utf8))
            draft.dropSignature()
        },
        Case(
            "handshake/unsigned-ping-header", .must, .presence, .medium, covers: ["L02"], cwe: [288],
            needs: [.not(.payloadHeader("X-GitHub-Event"))], changes: [.headers, .signature],
            "An unsigned delivery that calls itself a ping in its headers is rejected.",
            why: "If pings skip verification but are processed, anyone can disguise an event as a ping.",
            fix: "Verify before you look at the event type.", expect: .rejected
        ) { draft in
            draft.onTheWire { $0.headers.set("X-GitHub-Event", Array("ping".utf8)) }
            draft.dropSignature()
        },
    ]

    private static func unsigned(
        _ name: String, _ what: String, _ covers: [String], _ body: JSON, severity: Severity = .low
    ) -> Case {
        Case(
            "handshake/\(name)", severity == .high ? .must : .should, .presence, severity, covers: covers,
            cwe: [306, 288], needs: [.json, .not(.unsignedHandshake)], changes: [.body, .signature],
            "An unsigned \(what) is rejected.",
            why:
                "An endpoint that answers handshakes before it verifies reveals to anyone what it is, and has a "
                + "path around its verifier.",
            fix: "Verify before you look at the body.", expect: .rejected
        ) { draft in
            draft.sendBody(body.serialized())
            draft.dropSignature()
        }
    }

    private static func unsignedDelivery(
        _ name: String, _ disguise: String, edit: @escaping @Sendable (inout Draft) -> Void
    ) -> Case {
        Case(
            "handshake/\(name)", .must, .presence, .high, covers: ["L02"], cwe: [288],
            needs: [.json, .not(.unsignedHandshake)], changes: [.body, .signature],
            "An unsigned delivery that calls itself \(disguise) is rejected.",
            why: "If handshakes skip verification, anyone can disguise a delivery as one.",
            fix: "Verify before you look at the body.", expect: .rejected
        ) { draft in
            draft.sendBody(edit)
            draft.dropSignature()
        }
    }

    /// Handshakes in the query string.
    private static let parameters: [Case] = [
        (
            "verify-token", "GET", "hub.mode=subscribe&hub.verify_token=countersign&hub.challenge=countersign",
            ["L01", "L04"]
        ),
        (
            "verify-token-not-ascii", "GET", "hub.mode=subscribe&hub.verify_token=%C3%A9&hub.challenge=countersign",
            ["L01", "L04"]
        ),
        ("verify-token-missing", "GET", "hub.mode=subscribe&hub.challenge=countersign", ["L01", "L04"]),
        ("challenge-parameter", "GET", "challenge=countersign", ["L01"]),
        ("validation-token", "POST", "validationToken=countersign", ["L01"]),
    ].map { name, method, query, entries in
        Case(
            "handshake/unsigned-\(name)", .should, .presence, .low, covers: entries, cwe: [306, 204],
            changes: method == "POST" ? [.target, .signature] : [.method, .target, .body, .signature],
            "An unsigned \(method) request with the handshake \(query) is rejected.",
            why:
                "A handler that echoes what anyone sends answers handshakes on an attacker's behalf, and may "
                + "crash on the token.",
            fix: "Answer only the scheme's handshakes, and compare the token in constant time.", expect: .rejected
        ) { draft in
            draft.method = method
            draft.onTheWire { request in
                let joint = request.target.contains(UInt8(ascii: "?")) ? "&" : "?"
                request.target += Array((joint + query).utf8)
            }
            if method == "GET" { draft.sendBody([]) }
            draft.dropSignature()
        }
    }

    /// A retry is signed like a first attempt.
    private static let retries: [Case] =
        [("unsigned", "An unsigned", false), ("wrongly-signed", "A wrongly signed", true)]
        .flatMap { name, title, isSigned in
            [("slack", "X-Slack-Retry-Num"), ("plain", "X-Retry-Count"), ("delivery", "X-Redelivery")].map {
                kind, header in
                Case(
                    "handshake/\(name)-\(kind)-retry", .must, isSigned ? .signature : .presence, .medium,
                    covers: ["L05"],
                    cwe: [345], changes: [.headers, .signature],
                    "\(title) request that calls itself a retry in \(header) is rejected.",
                    why:
                        "Handlers acknowledge retries early, before they verify, and anyone can call a request a "
                        + "retry.",
                    fix: "Verify before you look at retry headers.", expect: .rejected
                ) { draft in
                    draft.addHeader(header, "1")
                    if isSigned { draft.spoilSignature() } else { draft.dropSignature() }
                }
            }
        } + [
            Case(
                "handshake/signed-retry", .should, .transport, .medium, covers: ["L05"], cwe: [345], changes: .headers,
                "A valid request that calls itself a retry is accepted.",
                why: "The first attempt may never have arrived. An endpoint that drops retries unprocessed loses the "
                    + "event.",
                fix: "Recognise duplicates by their id, not by a header.", expect: .accepted
            ) { draft in
                draft.addHeader("X-Slack-Retry-Num", "1")
                draft.addHeader("X-Slack-Retry-Reason", "http_timeout")
            }
        ]
}

extension Draft {
    /// Makes the body that of the scheme's handshake of a kind.
    mutating func become(_ kind: Handshake.Kind) {
        guard let handshake = context.scheme.handshake(kind) else { return }
        body = context.filled(handshake.template).serialized()
    }
}
