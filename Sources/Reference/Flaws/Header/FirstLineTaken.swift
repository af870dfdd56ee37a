internal import ReportModel
internal import Schemes

extension Flaw {
    static let firstLineTaken = Flaw(
        "first-line-taken", covers: ["G06"], caughtBy: ["header/*"],
        "Of a header that stands there twice it takes the first line.",
        explanation: "Your endpoint takes the first of two header lines, while a gateway before it may take the last."
    ) { $0.steps.onlyLine = \.first }
}
