internal import ReportModel
internal import Transport

extension Flaw {
    static let refusesWith200 = Flaw(
        "refuses-with-200", covers: ["J08"], caughtBy: ["contract/*", "signature/*", "presence/*"],
        "It answers 200 to a wrong signature, and says so in the body.",
        explanation: "Your endpoint answers 200 to requests it refuses, so that the sender believes them delivered."
    ) { $0.changesRefusal { answer, _ in answer.status = 200 } }
}
