internal import Catalogue
internal import Cryptography
internal import ReportModel
internal import Schemes

extension Flaw {
    static let unknownAlgorithmCrashes = Flaw(
        "unknown-algorithm-crashes", covers: ["C02", "J09"], needs: [.hmac, .prefix], caughtBy: ["algorithm/*"],
        "It fails with an exception when the prefix names no function it knows.",
        explanation: "Your endpoint asks the hash library for whatever the prefix names, and throws when there is none."
    ) { behaviour in
        // A prefix without an equals sign names no function.
        guard case .value(let prefix) = behaviour.scheme.signature.grammar, prefix.hasSuffix("=") else { return }
        behaviour.crashes(.trace("Error: Invalid digest: none", "new Hmac (node:internal/crypto/hash:173:19)")) {
            received in
            guard let header = received.signatureHeader, let equals = header.firstIndex(of: UInt8(ascii: "=")) else {
                return false
            }
            let name = header[...equals]
            return equals > 0 && !name.elementsEqual(prefix.utf8)
                && HashFunction(rawValue: String(decoding: name.dropLast(), as: UTF8.self)) == nil
        }
    }
}
