internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let idsTrimmed = Flaw(
        "ids-trimmed", covers: ["F17"], needs: [.eventIDInBody], caughtBy: ["replay/ids-blank"],
        "It removes blanks around ids.",
        explanation: "Your endpoint trims ids before it compares them, and drops the second of two events."
    ) { $0.recognises { id, _, _ in ASCII.trimmed(id) } }
}
