internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let prefixRemovedAnywhere = Flaw(
        "prefix-removed-anywhere", covers: ["B08"], needs: [.prefix],
        caughtBy: ["signature/prefix-at-the-end", "signature/prefix-in-the-middle", "signature/prefix-none"],
        "It removes the prefix of the signature wherever it stands, or not at all.",
        explanation:
            "Your endpoint replaces the prefix by nothing, so that it may stand anywhere in the header or be missing."
    ) { behaviour in
        guard case .value(let prefix) = behaviour.scheme.signature.grammar else { return }
        behaviour.alsoReads { header, _ in
            VerificationSteps.ReadSignature(candidates: [JavaScript.removingFirst(prefix, from: header)])
        }
    }
}
