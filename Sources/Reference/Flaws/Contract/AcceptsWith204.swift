internal import ReportModel
internal import Transport

extension Flaw {
    static let acceptsWith204 = Flaw(
        "accepts-with-204", covers: ["J08"], caughtBy: ["control/plain"],
        "It answers 204 to a valid request.",
        explanation: "Your endpoint answers 204 where the document shows another status and a body."
    ) { $0.accepts = { _, _ in .answer(HTTPResponse(status: 204)) } }
}
