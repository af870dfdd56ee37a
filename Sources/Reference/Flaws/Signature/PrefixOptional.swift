internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let prefixOptional = Flaw(
        "prefix-optional", covers: ["B08"], needs: [.prefix], caughtBy: ["signature/prefix-none"],
        "It accepts the signature without its prefix.",
        explanation: "Your endpoint accepts the bare signature, without the prefix that names its version or algorithm."
    ) { $0.alsoReads { header, _ in VerificationSteps.ReadSignature(candidates: [header]) } }
}
