internal import ReportModel
internal import Schemes

extension Flaw {
    static let lastLineTaken = Flaw(
        "last-line-taken", covers: ["G06"], caughtBy: ["header/*"],
        "Of a header that stands there twice it takes the last line.",
        explanation: "Your endpoint takes the last of two header lines, while a gateway before it may take the first."
    ) { $0.steps.onlyLine = \.last }
}
