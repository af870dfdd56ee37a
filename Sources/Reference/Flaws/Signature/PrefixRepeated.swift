internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let prefixRepeated = Flaw(
        "prefix-repeated", covers: ["B08"], needs: [.prefix], caughtBy: ["signature/prefix-doubled"],
        "It removes the prefix of the signature as often as it stands there.",
        explanation: "Your endpoint removes every occurrence of the prefix, so that it may stand there several times."
    ) { behaviour in
        guard case .value(let prefix) = behaviour.scheme.signature.grammar else { return }
        behaviour.steps.readSignature = { header, _ in
            guard header.starts(with: prefix.utf8) else { return nil }
            return VerificationSteps.ReadSignature(candidates: [Python.removingAll(prefix, from: header)])
        }
    }
}
