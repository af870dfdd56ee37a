internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let timestampUndefined = Flaw(
        "timestamp-undefined", covers: ["E02", "E04"], needs: [.timestamp], caughtBy: ["timestamp/*"],
        "It joins a missing timestamp to the message as the word undefined.",
        explanation:
            "Your endpoint turns a missing timestamp into the word undefined, which passes the check of its age."
    ) { behaviour in
        behaviour.doesWithoutTimestamp()
        behaviour.alsoSigns { values in
            guard values.timestamp.isEmpty else { return nil }
            var others = values
            others.timestamp = Array("undefined".utf8)
            return others
        }
    }
}
