internal import Catalogue
internal import ReportModel
internal import Transport

extension Flaw {
    static let duplicateConflicts = Flaw(
        "duplicate-conflicts", covers: ["F16"], needs: [.eventID],
        caughtBy: ["replay/answered-2xx", "replay/identical"],
        "It answers 409 to a duplicate.",
        explanation:
            "Your endpoint answers 409 to what it has already, so that an honest sender tries again or gives up."
    ) { $0.repeats = { _, _ in .answer(.problem(409, "duplicate event")) } }
}
