internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    /// Verifies what a serialiser makes of the body when the body itself does not verify.
    static func acceptsReserialised(_ serialiser: Serialiser) -> Flaw {
        Flaw(
            "accepts-reserialised-\(serialiser.id)", covers: ["A12", "D02"], needs: [.signedBody, .json],
            caughtBy: ["body/*"],
            "It verifies \(serialiser.title) when the body as it was sent does not verify.",
            explanation:
                "Your endpoint falls back to \(serialiser.title), so that the body can be rewritten on the way."
        ) { behaviour in
            behaviour.alsoSigns { values in
                guard let body = try? JSON.parse(values.body) else { return nil }
                var others = values
                others.body = serialiser.serialise(body)
                return others
            }
        }
    }
}
