internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let keyTextWithoutPrefixAccepted = Flaw(
        "key-text-without-prefix-accepted", covers: ["A09", "C06"], needs: [.decodedSecret],
        caughtBy: ["algorithm/key-secret-as-text-without-prefix"],
        "It accepts signatures under the secret's text without its prefix, undecoded.",
        explanation:
            "Your endpoint cuts the prefix off the secret and also takes the rest as it is, without decoding it."
    ) { behaviour in
        let prefix = behaviour.scheme.signature.secret.prefix.utf8
        behaviour.alsoTries { secrets in
            secrets.map { $0.text.starts(with: prefix) ? Array($0.text.dropFirst(prefix.count)) : $0.text }
        }
    }
}
