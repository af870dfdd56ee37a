internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let differencesCancel = Flaw(
        "differences-cancel", covers: ["B01"], needs: [.hmac], caughtBy: ["signature/*"],
        "It adds the differences up with exclusive or, so that two of them cancel out.",
        explanation:
            "Your endpoint's constant-time comparison joins differences with ^ instead of |, and two can cancel."
    ) { behaviour in
        behaviour.alsoMatches { text, right, scheme in
            guard let given = scheme.signature.encoding.decode(text), given.count == right.count else { return false }
            return zip(given, right).reduce(0) { $0 ^ $1.0 ^ $1.1 } == 0
        }
    }
}
