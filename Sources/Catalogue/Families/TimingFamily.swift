internal import Bytes
internal import ReportModel
internal import Schemes
internal import Timing

/// How long a rejection takes. What an answer says, the other families judge.
enum TimingFamily {
    static let cases: [Case] = [firstWrongSymbol, wrongSymbols, unknownBridge, sameAnswer]

    private static let fix =
        "Compare the whole signature with the platform's constant-time function, after its length, and never with ==."

    private static let firstWrongSymbol = Case.scenario(
        "timing/first-wrong-symbol", .must, .constantTime, .medium, covers: ["B14"], cwe: [208], needs: [.hmac],
        expects: .rejected, "How long a rejection takes does not depend on where the signature is wrong.",
        why: "A comparison that stops at the first difference tells an attacker how much of a guess is right, so that "
            + "a signature can be found symbol by symbol.",
        fix: fix, profile: .audit
    ) { session in
        let encoding = session.scheme.signature.encoding
        let experiment = Experiment.firstWrongSymbol(of: session.signatureSymbols)
        let question = TimedQuestion(id: "timing/first-wrong-symbol", experiment: experiment) {
            index, draft, generator in
            let seed = generator.next()
            let position = experiment.classes[index].position ?? 0
            return draft.signed { draft in
                draft.editSignature { text in
                    var generator = SeededGenerator(seed: seed)
                    return encoding.withWrongSymbol(in: text, at: position, using: &generator)
                }
            }
        }
        try session.expectOneTime(question, else: "a rejection takes longer when more of the signature is right")
    }

    private static let wrongSymbols = Case.scenario(
        "timing/wrong-symbols", .must, .constantTime, .medium, covers: ["B14"], cwe: [208], needs: [.hmac],
        expects: .rejected,
        "How long a rejection takes does not depend on how many symbols of the signature are wrong.",
        why: "A comparison that does something for each difference tells an attacker how much of a guess is right.",
        fix: fix, profile: .audit
    ) { session in
        let question = TimedQuestion(id: "timing/wrong-symbols", experiment: .pair("first", "all")) {
            index, draft, generator in
            draft.withWrongSymbols(isOnlyFirst: index != 2, using: &generator)
        }
        try session.expectOneTime(
            question, else: "a rejection takes another time when all of the signature is wrong than when one symbol is")
    }

    private static let unknownBridge = Case.scenario(
        "timing/unknown-bridge", .should, .disclosure, .low, covers: ["J04"], cwe: [208, 204], needs: [.hmac],
        expects: .rejected, "How long a rejection takes does not depend on whether the bridge exists.",
        why: "If an unknown bridge is rejected sooner, ids can be enumerated although every answer is the same.",
        fix: "Verify a request to an unknown bridge too, with a secret that nobody has.", profile: .audit
    ) { session in
        guard let path = session.main.path.unknownBridgeOfSameLength else {
            throw Obstacle.moot("the path names no bridge whose id could be guessed")
        }
        guard session.scheme.responses.absent == nil else {
            throw Obstacle.moot(
                "the document answers for an unknown bridge in another way, which takes no clock to see")
        }
        let question = TimedQuestion(id: "timing/unknown-bridge", experiment: .pair("known", "unknown")) {
            index, draft, generator in
            var draft = draft
            if index == 2 { draft.target = path }
            return draft.withWrongSymbols(isOnlyFirst: false, using: &generator)
        }
        try session.expectOneTime(question, else: "a rejection takes another time when the bridge does not exist")
    }

    private static let sameAnswer = Case.scenario(
        "timing/same-answer", .should, .disclosure, .medium, covers: ["B14"], cwe: [203], needs: [.hmac],
        expects: .rejected, "The answer to a wrong signature does not depend on where it is wrong.",
        why: "An answer that differs tells an attacker how much of a guess is right, without any clock.",
        fix: "Give every wrong signature one answer.", profile: .audit
    ) { session in
        try session.sendControl(session.validRequest(for: session.main), to: session.main)
        let encoding = session.scheme.signature.encoding
        let last = session.signatureSymbols - 1
        var replies = [Set<String>]()
        for position in [0, last / 2, last] {
            let texts = try (0..<4).map { _ in
                let request = session.draft(for: session.main).signed { draft in
                    draft.editSignature { text in
                        var generator = SystemRandomNumberGenerator()
                        return encoding.withWrongSymbol(in: text, at: position, using: &generator)
                    }
                }
                let reply = try session.send(request, to: session.main)
                try session.survives(reply, "a request with one wrong symbol in its signature")
                if reply.isAccepted { throw Finding(.forgery, "a request with a wrong signature was accepted") }
                return "\(reply.status ?? 0) \(reply.body.count)"
            }
            replies.append(Set(texts))
        }
        // Answers that differ among themselves, such as by a number in them, show nothing.
        guard replies.allSatisfy({ $0.count == 1 }), Set(replies).count > 1 else { return }
        throw Finding(.leak, "the answer to a wrong signature depends on where it is wrong")
    }
}

extension Draft {
    /// Returns the request of this draft with the first symbol of its signature wrong, or all of them.
    fileprivate func withWrongSymbols(
        isOnlyFirst: Bool, using generator: inout some RandomNumberGenerator
    ) -> SignedRequest {
        let (encoding, seed) = (encoding, generator.next() as UInt64)
        return signed { draft in
            draft.editSignature { text in
                var generator = SeededGenerator(seed: seed)
                let last = isOnlyFirst ? 1 : encoding.symbols(in: text)
                return (0..<last).reduce(text) { text, position in
                    encoding.withWrongSymbol(in: text, at: position, using: &generator)
                }
            }
        }
    }
}

extension String {
    /// The path of a bridge whose id has the same length, which is as good as surely nobody's; `nil` when the path
    /// names none.
    fileprivate var unknownBridgeOfSameLength: String? {
        guard let name = bridgeName, let mark = name.firstIndex(of: "_") else { return nil }
        let rest = name[name.index(after: mark)...]
        guard rest.utf8.count >= 4 else { return nil }
        let unknown =
            String("zqxjkvbw".prefix(rest.utf8.count)) + String(repeating: "z", count: max(0, rest.utf8.count - 8))
        return naming(name[...mark] + unknown)
    }
}
