internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let timestampOptional = Flaw(
        "timestamp-optional", covers: ["E02", "A12"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It does without a timestamp, and then verifies the body alone.",
        explanation:
            "Your endpoint accepts requests without a timestamp when the body alone is signed, and those never expire."
    ) { behaviour in
        behaviour.doesWithoutTimestamp()
        behaviour.alsoAccepts { values, key, scheme in
            values.timestamp.isEmpty ? [scheme.signature.algorithm.sign(values.body, key: key)] : []
        }
    }
}
