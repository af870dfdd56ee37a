internal import ReportModel

extension Flaw {
    static let refusesWith503 = Flaw(
        "refuses-with-503", covers: ["J09"], caughtBy: ["contract/*", "signature/*"],
        "It answers 503 to a wrong signature.",
        explanation:
            "Your endpoint says that it is busy when a signature is wrong, so that senders try it again and again."
    ) { $0.changesRefusal { answer, _ in answer = .problem(503, "try again later") } }
}
