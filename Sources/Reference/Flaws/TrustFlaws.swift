internal import Bytes
internal import Catalogue
internal import Schemes
internal import Transport

/// What decides in place of the signature: the media type, or something that the sender brings along.
enum TrustFlaws {
    static let all: [Flaw] = mediaTypes + keys + claims + errors

    // MARK: Media types

    private static let mediaTypes: [Flaw] = [
        unverified(
            "verifies-in-json-parser", caughtBy: ["presence/*-unsigned", "presence/*-wrongly-signed"],
            "It verifies in its JSON parser, and lets every other media type in.",
            explanation:
                "Your endpoint verifies JSON only: the same payload as a form or as plain text needs no signature."
        ) { $0.mediaType != "application/json" },
        unverified(
            "forms-unverified",
            caughtBy: ["presence/*-form-unsigned", "presence/payload-field-unsigned", "presence/multipart-unsigned"],
            "It lets forms in unverified.",
            explanation:
                "Your endpoint has a form parser in front of the verifier, and takes what it parses unverified."
        ) { ["application/x-www-form-urlencoded", "multipart/form-data"].contains($0.mediaType) },
        unverified(
            "text-unverified", caughtBy: ["presence/content-type-text-plain-*"],
            "It lets plain text in unverified.",
            explanation: "Your endpoint parses text/plain as JSON, and does not verify it."
        ) { $0.mediaType == "text/plain" },
        unverified(
            "json-suffix-unverified", caughtBy: ["presence/content-type-vendor-json-*"],
            "It lets media types that end in +json in unverified.",
            explanation: "Your endpoint parses media types that end in +json, and verifies application/json only."
        ) { $0.mediaType.hasSuffix("+json") },
        unverified(
            "untyped-unverified", caughtBy: ["presence/content-type-none-*"],
            "It lets bodies without a content type in unverified.",
            explanation: "Your endpoint verifies in its parsers, and no parser runs without a content type."
        ) { $0.header("Content-Type") == nil },
        Flaw(
            "chunked-unverified", covers: ["A15", "D17"], caughtBy: ["transport/chunked-unsigned"],
            "It lets bodies in chunks in unverified.",
            explanation: "Your endpoint verifies bodies with a declared length, and takes all others as they are."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                if case .chunked = received.request.framing { true } else { false }
            }
        },
        unverified(
            "json-unverified", caughtBy: ["presence/no-signature-header", "signature/*"],
            "It verifies every body except JSON.",
            explanation: "Your endpoint verifies raw bodies, and its JSON parser takes the body before that."
        ) { $0.mediaType == "application/json" },
        Flaw(
            "other-types-signature-present", covers: ["A15"], needs: [.json], caughtBy: ["presence/*-wrongly-signed"],
            "It looks only whether there is a signature when the body is not JSON.",
            explanation:
                "Your endpoint has no raw body for other media types than JSON, and does without comparing the signature."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                received.mediaType != "application/json" && received.signatureHeader != nil
            }
            behaviour.takesBodiesThatAreNotJSON()
        },
    ]

    private static func unverified(
        _ id: String, caughtBy: [String], _ title: String, explanation: String,
        when test: @escaping @Sendable (ReceivedRequest) -> Bool
    ) -> Flaw {
        Flaw(
            id, covers: ["A15"], needs: [.json], caughtBy: caughtBy, title, explanation: explanation
        ) { behaviour in
            behaviour.acceptAnyway { _, received in test(received) }
            behaviour.takesBodiesThatAreNotJSON()
        }
    }

    // MARK: Keys

    private static let secretNames = ["secret", "webhook_secret", "signing_secret", "shared_secret", "key"]

    private static let keys: [Flaw] = [
        Flaw(
            "key-from-header", covers: ["A16"], needs: [.hmac], caughtBy: ["presence/foreign-key-in-header"],
            "It takes the secret from a header of the request.",
            explanation: "Your endpoint verifies with a secret that the request brings along, which anyone can choose."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                let names = ["X-Webhook-Secret", "X-Signing-Secret", "X-Shared-Secret"]
                return received.isSigned(withAnyOf: names.compactMap(received.header))
            }
        },
        Flaw(
            "key-from-query", covers: ["A16"], needs: [.hmac], caughtBy: ["presence/foreign-key-in-query"],
            "It takes the secret from the query.",
            explanation: "Your endpoint verifies with a secret from its own address, which its caller chooses."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                received.isSigned(withAnyOf: secretNames.compactMap { received.request.query($0) })
            }
        },
        Flaw(
            "key-from-body", covers: ["A16"], needs: [.hmac, .json], caughtBy: ["presence/foreign-key-in-member"],
            "It takes the secret from a member of the body.",
            explanation: "Your endpoint verifies with a secret from the very body that it should verify."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                let body = received.json
                return received.isSigned(withAnyOf: secretNames.compactMap { body?[$0]?.string.map { Array($0.utf8) } })
            }
        },
    ]

    // MARK: Claims

    private static let claims: [Flaw] = [
        trusted(
            "user-agent-trusted", caughtBy: ["presence/*"],
            "It skips the verification for the User-Agent of the sender.",
            explanation: "Your endpoint takes a User-Agent for a proof, and anyone can send that."
        ) { received in
            let agent = String(decoding: received.header("User-Agent") ?? [], as: UTF8.self)
            return agent == received.scheme.sender.userAgent ?? "\(received.scheme.id)-webhooks/1.0"
        },
        trusted(
            "other-user-agents-trusted", caughtBy: ["presence/user-agent-of-tool"],
            "It verifies only what comes with the User-Agent of the sender.",
            explanation:
                "Your endpoint takes requests with another User-Agent for calls of your own, and anyone can send one."
        ) { received in
            let agent = String(decoding: received.header("User-Agent") ?? [], as: UTF8.self)
            return agent != received.scheme.sender.userAgent ?? SignedParts.userAgent
        },
        trusted(
            "health-check-trusted", caughtBy: ["presence/user-agent-of-health-check"],
            "It skips the verification for health checks, which it knows by their User-Agent.",
            explanation:
                "Your endpoint takes a User-Agent for a proof that your load balancer asks, and anyone can send it."
        ) { received in
            String(decoding: received.header("User-Agent") ?? [], as: UTF8.self).contains("HealthCheck")
        },
        trusted(
            "localhost-trusted", caughtBy: ["presence/host-loopback-address"],
            "It skips the verification when the Host header names this machine.",
            explanation: "Your endpoint takes a request for local because its Host header says so."
        ) { $0.header("Host")?.elementsEqual("127.0.0.1".utf8) == true },
        trusted(
            "local-origin-trusted", caughtBy: ["presence/origin-localhost"],
            "It skips the verification for requests of a page on localhost.",
            explanation: "Your endpoint takes the Origin header for a proof, which only browsers write truthfully."
        ) { $0.header("Origin")?.starts(with: "http://localhost".utf8) == true },
        trusted(
            "forwarded-address-trusted",
            caughtBy: ["presence/forwarded-for-private-network", "presence/forwarded-for-sender"],
            "It skips the verification for addresses that X-Forwarded-For names.",
            explanation: "Your endpoint compares X-Forwarded-For with a list of addresses, and anyone can write it."
        ) { received in
            received.header("X-Forwarded-For").map { !$0.starts(with: "127.".utf8) } ?? false
        },
        trusted(
            "client-address-trusted", caughtBy: ["presence/client-address-headers"],
            "It skips the verification for an address in True-Client-IP.",
            explanation: "Your endpoint takes the client's address from a header, and trusts it when it is local."
        ) { $0.header("True-Client-IP")?.elementsEqual("127.0.0.1".utf8) == true },
        trusted(
            "verified-header-trusted", caughtBy: ["presence/verified-headers"],
            "It skips the verification when a header says that a gateway did it.",
            explanation: "Your endpoint trusts a header of its gateway that the gateway lets through from outside."
        ) { $0.header("X-Signature-Verified")?.elementsEqual("true".utf8) == true },
    ]

    private static func trusted(
        _ id: String, caughtBy: [String], _ title: String, explanation: String,
        when test: @escaping @Sendable (ReceivedRequest) -> Bool
    ) -> Flaw {
        Flaw(id, covers: ["A17"], caughtBy: caughtBy, title, explanation: explanation) { behaviour in
            behaviour.acceptAnyway { _, received in test(received) }
        }
    }

    // MARK: Errors

    private static let errors: [Flaw] = [
        Flaw(
            "decoding-error-accepted", covers: ["B18"], needs: [.not(.token)], caughtBy: ["signature/*"],
            "It takes the error of its decoder for a success.",
            explanation: "Your endpoint asks whether the verifier returned something, and an error code is something."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                received.signatures.contains { received.scheme.signature.encoding.decode($0) == nil }
            }
        }
    ]
}

extension Behaviour {
    /// Takes bodies that are not JSON, as an endpoint does whose form parser finds the members.
    fileprivate mutating func takesBodiesThatAreNotJSON() {
        let isUsable = isUsable
        self.isUsable = { body, payload in body == nil || isUsable(body, payload) }
    }
}

extension ReceivedRequest {
    /// Whether the request is signed with one of these secrets.
    fileprivate func isSigned(withAnyOf secrets: [[UInt8]]) -> Bool {
        secrets.contains { text in
            guard let key = try? scheme.signature.secret.key(from: text) else { return false }
            return signatures.contains(scheme.rightSignature(for: request, key: key))
        }
    }
}
