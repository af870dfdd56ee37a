internal import Bytes
internal import Catalogue
internal import Cryptography
internal import ReportModel
internal import Schemes

extension Report.RunDescription {
    /// Describes the run of a plan, without the digest of the vectors. The same inputs give the same id.
    init(_ configuration: RunConfiguration, _ plan: Plan, target: String) {
        let inputs = [
            configuration.scheme.id, configuration.payload.id, target, configuration.scope.rawValue,
            configuration.enforced.rawValue, configuration.profile.rawValue, String(configuration.seed),
            plan.cases.map(\.id).joined(separator: " "),
        ]
        let digest = HashFunction.sha256.digest(Array(inputs.joined(separator: "\n").utf8))
        self.init(
            id: Hex.string(digest.prefix(6)), scheme: configuration.scheme.id, payload: configuration.payload.id,
            target: target, level: configuration.scope, enforce: configuration.enforced,
            profile: configuration.profile, selection: configuration.selection, seed: configuration.seed, vectors: "",
            remarks: configuration.remarks)
    }
}
