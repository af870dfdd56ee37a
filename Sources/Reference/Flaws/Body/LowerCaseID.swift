internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

extension Flaw {
    static let lowerCaseID = Flaw(
        "lower-case-id", covers: ["D21"], needs: [.eventIDHeader, .timestamp],
        caughtBy: ["control/event-id-of-mixed-case"],
        "It turns the id to lower case before it hashes it.",
        explanation: "Your endpoint folds the case of the id it hashes, and so refuses ids with capitals."
    ) { $0.changesSigned { $0.id = $0.id.map(ASCII.lowercased) } }
}
