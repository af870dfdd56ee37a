internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let tokenEndorsementUnchecked = Flaw(
        "token-endorsement-unchecked", covers: ["I05"], needs: [.token],
        caughtBy: ["token/endorsed-for-another-channel"],
        "It verifies with every key of the set, whichever channel a key is endorsed for.",
        explanation: "Your endpoint never looks at the endorsements of the key that signed: a token of "
            + "another channel is good here."
    ) { behaviour in
        let rule = behaviour.scheme.signature.secret
        let other = (try? rule.key(from: rule.publishedSecret(SecretRule.otherChannel))).map { [$0] } ?? []
        behaviour.alsoTries { _ in other }
    }
}
