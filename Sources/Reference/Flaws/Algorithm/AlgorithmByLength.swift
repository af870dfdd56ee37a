internal import Catalogue
internal import Cryptography
internal import ReportModel
internal import Schemes

extension Flaw {
    static let algorithmByLength = Flaw(
        "algorithm-by-length", covers: ["C01", "C02"], needs: [.hmac], caughtBy: ["algorithm/*"],
        "It picks the hash function by the length of the signature.",
        explanation: "Your endpoint accepts SHA-1, MD5 and others where the signature has their length."
    ) { behaviour in
        behaviour.alsoAccepts { values, key, scheme in
            let message = values.message(scheme.signature.message)
            return HashFunction.allCases.map { HMAC.code($0, key: key, message: message) }
        }
    }
}
