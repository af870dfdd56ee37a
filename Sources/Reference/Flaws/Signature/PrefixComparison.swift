internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let prefixComparison = Flaw(
        "prefix-comparison", covers: ["B01"], needs: [.hmac], caughtBy: ["signature/*"],
        "It compares signatures up to the shorter of the two lengths.",
        explanation:
            "Your endpoint compares the signature only as far as both texts reach, so that none at all is enough."
    ) { behaviour in
        behaviour.alsoMatches { text, right, scheme in zip(text, scheme.signature.encoding.encode(right)).allSatisfy(==)
        }
    }
}
