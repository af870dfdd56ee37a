internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let anyPrefix = Flaw(
        "any-prefix", covers: ["B08", "C04"], needs: [.prefix], caughtBy: ["signature/*", "algorithm/*"],
        "It takes what stands behind the equals sign, whatever stands before it.",
        explanation: "Your endpoint splits the header at the equals sign, and never looks at what the prefix says."
    ) { behaviour in
        behaviour.alsoReads { header, _ in
            guard let equals = header.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            return VerificationSteps.ReadSignature(candidates: [Array(header[(equals + 1)...])])
        }
    }
}
