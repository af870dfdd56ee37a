internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let onlyFirstSignature = Flaw(
        "only-first-signature", covers: ["G02"], needs: [.severalSignatures],
        caughtBy: ["header/*"],
        "It checks only the first of several signatures.",
        explanation:
            "Your endpoint looks at the first signature only, and so refuses deliveries while a secret is replaced."
    ) { behaviour in
        let read = behaviour.steps.readSignature
        behaviour.steps.readSignature = { header, scheme in
            var result = read(header, scheme)
            if let first = result?.candidates.first { result?.candidates = [first] }
            return result
        }
    }
}
