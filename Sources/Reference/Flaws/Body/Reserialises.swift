internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    /// Parses the body and verifies what a serialiser makes of it.
    static func reserialises(_ serialiser: Serialiser) -> Flaw {
        Flaw(
            "reserialises-\(serialiser.id)", covers: ["D01", "D02", "D12", "D13", "D14"], needs: [.signedBody, .json],
            caughtBy: ["body/*", "control/text-*", "control/plain"], mayRefuseControl: true,
            "It verifies \(serialiser.title), and not the body as it was sent.",
            explanation:
                "Your endpoint hashes \(serialiser.title) instead of the raw body, and so refuses bodies that are "
                + "written in any other way."
        ) { behaviour in
            behaviour.hashes { body, _ in (try? JSON.parse(body)).map(serialiser.serialise) ?? body }
        }
    }
}
