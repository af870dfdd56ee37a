internal import Bytes
internal import Catalogue
internal import Schemes

extension Flaw {
    static let prefixCaseIgnored = Flaw(
        "prefix-case-ignored", covers: ["B08"], needs: [.prefix], caughtBy: ["signature/*"],
        "It accepts the prefix of the signature in capitals.",
        explanation: "Your endpoint ignores the case of the prefix, so that one signature has several spellings."
    ) { behaviour in
        guard case .value(let prefix) = behaviour.scheme.signature.grammar else { return }
        behaviour.alsoReads { header, _ in
            guard ASCII.equalsIgnoringCase(header.prefix(prefix.utf8.count), prefix.utf8) else { return nil }
            return VerificationSteps.ReadSignature(candidates: [Array(header.dropFirst(prefix.utf8.count))])
        }
    }
}
