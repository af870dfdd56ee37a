internal import ReportModel

extension Flaw {
    static let refusesWith500 = Flaw(
        "refuses-with-500", covers: ["J08", "J09"], caughtBy: ["contract/*", "signature/*"],
        "It answers 500 to a wrong signature.",
        explanation: "Your endpoint answers 500 to a wrong signature, so that honest senders try it again and again."
    ) { $0.changesRefusal { answer, _ in answer = .problem(500, "internal error") } }
}
