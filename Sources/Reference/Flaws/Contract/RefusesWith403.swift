internal import ReportModel
internal import Transport

extension Flaw {
    static let refusesWith403 = Flaw(
        "refuses-with-403", covers: ["J08"], caughtBy: ["contract/*"],
        "It answers 403 to a wrong signature.",
        explanation: "Your endpoint answers 403 to a wrong signature, where the document wants another status."
    ) { $0.changesRefusal { answer, _ in answer.status = 403 } }
}
