internal import ReportModel
internal import Transport

extension Flaw {
    static let refusesWith400 = Flaw(
        "refuses-with-400", covers: ["J08"], caughtBy: ["contract/*"],
        "It answers 400 to a wrong signature.",
        explanation: "Your endpoint calls a wrong signature a bad request, where the document wants another status."
    ) { $0.changesRefusal { answer, _ in answer.status = 400 } }
}
