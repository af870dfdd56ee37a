internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let onlyLastSignature = Flaw(
        "only-last-signature", covers: ["G02"], needs: [.severalSignatures],
        caughtBy: ["header/*"],
        "It checks only the last of several signatures.",
        explanation:
            "Your endpoint keeps the last signature only, and so refuses deliveries while a secret is replaced."
    ) { behaviour in
        let read = behaviour.steps.readSignature
        behaviour.steps.readSignature = { header, scheme in
            var result = read(header, scheme)
            if let last = result?.candidates.last { result?.candidates = [last] }
            return result
        }
    }
}
