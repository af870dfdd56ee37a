internal import Bytes
internal import ReportModel
internal import Schemes

// Changes of the key set (C09): only for an endpoint that fetches it from the run.
extension TokenFamily {
    static let keySet: [Case] = [
        scenario(
            "added-key-accepted", .medium, cwe: [672], expects: .accepted,
            "A token under a newly added key is accepted once the endpoint has fetched the key set again.",
            why:
                "Signing keys are replaced without notice, in an emergency within the hour. An endpoint that "
                + "keeps the first set it fetched rejects every delivery from then on.",
            fix: "Fetch the key set again at the first token with an unknown key id, with a minimum interval, and "
                + "once a day."
        ) { session in
            switch try session.trialOfNewKey(session.addKey()) {
            case .taken: return
            case .notFetched: throw Obstacle.notFetched
            case .refused(let reply):
                throw Finding(
                    .refusal,
                    "a token under a new key was \(reply.words), although the target had fetched the key "
                        + "set with it")
            }
        },
        scenario(
            "withdrawn-key-refused", .high, cwe: [324, 672], expects: .rejected,
            "A token under a withdrawn key is rejected once the key set was fetched again.",
            why:
                "A key is withdrawn because it is no longer trusted. An endpoint that only ever adds keys trusts "
                + "it forever.",
            fix: "Replace the whole key set with the one that was fetched."
        ) { session in
            let key = try session.addKey()
            switch try session.trialOfNewKey(key) {
            case .taken: break
            case .notFetched: throw Obstacle.notFetched
            case .refused: throw Obstacle.moot("the target accepts no added key, which another case judges")
            }
            try session.withdrawKey(key)
            let before = try session.keyFetches()
            for turn in 0..<Self.turns where try session.keyFetches() == before {
                if turn > 0 { try session.wait(seconds: 1) }
                try session.expectRefusal(session.requestUnderUnknownKey(), on: session.main, of: unknown)
            }
            guard try session.keyFetches() > before else { throw Obstacle.notFetched }
            // An endpoint that fetches in the background has the set a moment later.
            try session.wait(seconds: 1)
            try session.expectRefusal(
                session.request(under: key), on: session.main, of: "a token under a key that was withdrawn")
        },
        scenario(
            "unknown-keys-fetch-little", .medium, cwe: [400, 770], expects: .rejected,
            "Many tokens with unknown key ids are rejected, and do not trigger a fetch each.",
            why:
                "The key id is read before anything is verified. If each unknown id triggers a fetch, anyone can "
                + "make the endpoint send any number of requests, until the source rejects them.",
            fix: "Enforce a minimum interval between fetches that tokens trigger; Microsoft's own libraries wait for "
                + "an hour."
        ) { session in
            let before = try session.keyFetches()
            for _ in 0..<20 {
                try session.expectRefusal(session.requestUnderUnknownKey(), on: session.main, of: unknown)
            }
            guard try session.keyFetches() - before > Self.fewFetches else { return }
            throw Finding(
                .contract, "20 tokens with unknown key ids made the target fetch the key set more than 3 times")
        },
    ]

    /// How often a request is tried that depends on a fetch.
    fileprivate static let turns = 4
    /// The interval may end while the tokens are sent, and several processes may fetch once each.
    private static let fewFetches = 3
    private static let unknown = "a token under an unknown key"

    private static func scenario(
        _ name: String, _ severity: Severity, cwe: [Int], expects: Decision, _ title: String, why: String,
        fix: String, run: @escaping @Sendable (any ScenarioSession) throws -> Void
    ) -> Case {
        .scenario(
            // The document says how old the set may be, and nothing about what happens in between.
            "token/\(name)", .should, .key, severity, covers: ["C09"], cwe: cwe, needs: [.token, .given(.keySet)],
            expects: expects, title, why: why, fix: fix,
            keptFor: .regression("the reference endpoint is given its keys and fetches none")
        ) { session in
            guard try session.keyFetches() > 0 else {
                throw Obstacle.moot("the target does not fetch the keys of this run")
            }
            try run(session)
        }
    }
}

extension ScenarioSession {
    fileprivate func request(under key: [UInt8]) -> SignedRequest {
        draft(for: main).signed { draft in
            draft.key = key
            draft.setTokenHeader("kid", .string(SignatureAlgorithm.rs256.keyName(of: key) ?? ""))
        }
    }

    /// Returns a request whose token names a key that no set has, different every time.
    fileprivate func requestUnderUnknownKey() -> SignedRequest {
        draft(for: main).signed { draft in
            draft.key = TokenFamily.stranger
            draft.setTokenHeader("kid", .string("unknown-\(String(decoding: draft.eventID, as: UTF8.self))"))
        }
    }

    /// Sends tokens under a newly added key until one is accepted, or the key set was fetched all the same.
    fileprivate func trialOfNewKey(_ key: [UInt8]) throws -> NewKey {
        let start = try keyFetches()
        for turn in 0..<TokenFamily.turns {
            if turn > 0 { try wait(seconds: 1) }
            let hasFetched = try keyFetches() > start
            let reply = try send(request(under: key), to: main)
            try survives(reply, "a token under a new key")
            if reply.isAccepted { return .taken }
            if hasFetched { return .refused(reply) }
        }
        return .notFetched
    }
}

/// What an endpoint does with a newly added key.
private enum NewKey {
    case taken
    /// Rejected, and the set was not fetched since.
    case notFetched
    /// Rejected although the set was fetched.
    case refused(Reply)
}

extension Obstacle {
    fileprivate static let notFetched = Obstacle.moot(
        "the target did not fetch the keys again within seconds; the document leaves it a day")
}
