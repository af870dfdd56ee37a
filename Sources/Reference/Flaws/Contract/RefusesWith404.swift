internal import ReportModel
internal import Transport

extension Flaw {
    static let refusesWith404 = Flaw(
        "refuses-with-404", covers: ["J08"], caughtBy: ["contract/*"],
        "It answers 404 to a wrong signature.",
        explanation: "Your endpoint answers 404 to a wrong signature, where the document wants another status."
    ) { $0.changesRefusal { answer, _ in answer.status = 404 } }
}
