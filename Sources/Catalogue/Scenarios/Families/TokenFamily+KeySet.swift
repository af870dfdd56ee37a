internal import Bytes
internal import ReportModel
internal import Schemes

// The set of keys while it changes (C09): only for an endpoint that fetches it from the run.
extension TokenFamily {
    static let keySet: [Case] = [
        scenario(
            "added-key-accepted", .medium, cwe: [672], expects: .accepted,
            "A token under a key that was added to the set is accepted by an endpoint that has fetched it since.",
            why:
                "Signing keys are replaced without notice, in an emergency within the hour. An endpoint that keeps the "
                + "set it fetched first refuses every delivery from then on.",
            fix: "Fetch the set again at the first token under an unknown name, with a pause between, and once a day."
        ) { stage in
            switch try stage.trialOfNewKey(stage.addKey()) {
            case .taken: return
            case .notFetched: throw Obstacle.notFetched
            case .refused(let reception):
                throw Finding(
                    .refusal, "a token under a new key was \(reception.words), although the set was fetched with it")
            }
        },
        scenario(
            "withdrawn-key-refused", .high, cwe: [324, 672], expects: .rejected,
            "A token under a key that is not in the set any more is refused once the set was fetched again.",
            why:
                "A key is taken out of the set because it is no longer trusted. An endpoint that adds what is new to "
                + "what it has, and drops nothing, trusts it for ever.",
            fix: "Put the set that was fetched in the place of the old one, whole."
        ) { stage in
            let key = try stage.addKey()
            switch try stage.trialOfNewKey(key) {
            case .taken: break
            case .notFetched: throw Obstacle.notFetched
            case .refused: throw Obstacle.moot("the target takes no key that is added, which another case judges")
            }
            try stage.withdrawKey(key)
            let before = try stage.keyFetches()
            for turn in 0..<Self.turns where try stage.keyFetches() == before {
                if turn > 0 { try stage.wait(seconds: 1) }
                try stage.expectRefusal(stage.requestUnderUnknownKey(), on: stage.main, of: unknown)
            }
            guard try stage.keyFetches() > before else { throw Obstacle.notFetched }
            // Whoever fetches beside the request has the set a moment later.
            try stage.wait(seconds: 1)
            try stage.expectRefusal(
                stage.request(under: key), on: stage.main, of: "a token under a key that was withdrawn")
        },
        scenario(
            "unknown-keys-fetch-little", .medium, cwe: [400, 770], expects: .rejected,
            "Many tokens that name unknown keys are refused, and do not make the endpoint fetch the set each time.",
            why:
                "The name of the key is read before anything is verified. Where each unknown name fetches the set, "
                + "anyone makes the endpoint send requests, as many as he likes, until its source refuses it.",
            fix: "Let a pause lie between two fetches that tokens cause: Microsoft's own libraries wait for an hour."
        ) { stage in
            let before = try stage.keyFetches()
            for _ in 0..<20 {
                try stage.expectRefusal(stage.requestUnderUnknownKey(), on: stage.main, of: unknown)
            }
            guard try stage.keyFetches() - before > Self.fewFetches else { return }
            throw Finding(
                .contract, "20 tokens that name unknown keys made the target fetch the set more than 3 times")
        },
    ]

    /// How often something is tried that a fetch must come before.
    fileprivate static let turns = 4
    /// A pause may end while the tokens are sent, and several processes may each fetch once.
    private static let fewFetches = 3
    private static let unknown = "a token under an unknown key"

    private static func scenario(
        _ name: String, _ severity: Severity, cwe: [Int], expects: Decision, _ title: String, why: String,
        fix: String, play: @escaping @Sendable (any Stage) throws -> Void
    ) -> Case {
        .scenario(
            // The document says how old the set may be, and nothing of what to do in between.
            "token/\(name)", .should, .key, severity, covers: ["C09"], cwe: cwe, needs: [.token, .given(.keySet)],
            expects: expects, title, why: why, fix: fix,
            keptFor: .regression("the reference endpoint is given its keys and fetches none")
        ) { stage in
            guard try stage.keyFetches() > 0 else {
                throw Obstacle.moot("the target does not fetch the keys of this run")
            }
            try play(stage)
        }
    }
}

extension Stage {
    fileprivate func request(under key: [UInt8]) -> SignedRequest {
        draft(for: main).signed { draft in
            draft.key = key
            draft.setTokenHeader("kid", .string(SignatureAlgorithm.rs256.keyName(of: key) ?? ""))
        }
    }

    /// Gives a request whose token names a key that no set has, another each time.
    fileprivate func requestUnderUnknownKey() -> SignedRequest {
        draft(for: main).signed { draft in
            draft.key = TokenFamily.stranger
            draft.setTokenHeader("kid", .string("unknown-\(String(decoding: draft.eventID, as: UTF8.self))"))
        }
    }

    /// Sends tokens under a key that was just added, until one is accepted or the set was fetched all the same.
    fileprivate func trialOfNewKey(_ key: [UInt8]) throws -> NewKey {
        let start = try keyFetches()
        for turn in 0..<TokenFamily.turns {
            if turn > 0 { try wait(seconds: 1) }
            let hasFetched = try keyFetches() > start
            let reception = try send(request(under: key), to: main)
            try survives(reception, "a token under a new key")
            if reception.isAccepted { return .taken }
            if hasFetched { return .refused(reception) }
        }
        return .notFetched
    }
}

/// What an endpoint does with a key that was just added to the set.
private enum NewKey {
    case taken
    /// Refused, and the set was not fetched since.
    case notFetched
    /// Refused although the set was fetched.
    case refused(Reception)
}

extension Obstacle {
    fileprivate static let notFetched = Obstacle.moot(
        "the target did not fetch the keys again within seconds, for which the document leaves it a day")
}
