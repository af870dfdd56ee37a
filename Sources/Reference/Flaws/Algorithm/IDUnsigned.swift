internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let idUnsigned = Flaw(
        "id-unsigned", covers: ["A12"], needs: [.eventIDHeader, .timestamp],
        caughtBy: ["algorithm/signed-timestamp-dot-body"],
        "It accepts a signature that leaves the id of the delivery out.",
        explanation: "Your endpoint also accepts a signature without the id, so that a replay only needs another id."
    ) { behaviour in
        behaviour.alsoSigns { values in
            var others = values
            others.id = []
            return others
        }
        behaviour.alsoAccepts { values, key, scheme in
            [scheme.signature.algorithm.sign(values.timestamp + [UInt8(ascii: ".")] + values.body, key: key)]
        }
    }
}
