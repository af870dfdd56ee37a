internal import Catalogue
internal import Cryptography
internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let senderChoosesAlgorithm = Flaw(
        "sender-chooses-algorithm", covers: ["C02"], needs: [.hmac, .prefix], caughtBy: ["algorithm/*"],
        "It hashes with the function that the prefix of the signature names.",
        explanation: "Your endpoint lets the sender choose the hash function by the text before the equals sign."
    ) { behaviour in
        let name = behaviour.scheme.signature.header
        let hash = { @Sendable (header: [UInt8]) in
            HashFunction(rawValue: String(decoding: header.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self))
        }
        behaviour.alsoReads { header, _ in
            guard hash(header) != nil, let equals = header.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            return VerificationSteps.ReadSignature(candidates: [Array(header[(equals + 1)...])])
        }
        behaviour.alsoAccepts { values, key, scheme in
            guard let hash = values.request.headers.first(named: name).flatMap(hash) else { return [] }
            return [HMAC.code(hash, key: key, message: values.message(scheme.signature.message))]
        }
    }
}
