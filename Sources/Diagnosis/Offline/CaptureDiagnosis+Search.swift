package import ReportModel
package import Schemes
internal import Transport

extension Capture {
    /// Says by which recipe the request was signed, and what is striking about it.
    ///
    /// - Parameters:
    ///   - secret: the secret as the vendor shows it.
    ///   - key: its documented key.
    ///   - now: the time at which it was verified, in Unix seconds.
    package func diagnosed(scheme: Scheme, secret: [UInt8], key: [UInt8], now: Int64) -> CaptureDiagnosis {
        let result = OfflineSearch(self, scheme: scheme, secret: secret, key: key).run()
        var facts = facts(for: scheme, now: now)
        if result.recipes.isEmpty, result.tried > 0, !result.triedPairs {
            facts.append(.pairsNotTried(bytes: request.body.count))
        }
        return CaptureDiagnosis(
            scheme: scheme.id, recipes: result.recipes, tried: result.tried, facts: facts,
            mistakes: SecretInspection.mistakes(in: secret, for: scheme))
    }
}
