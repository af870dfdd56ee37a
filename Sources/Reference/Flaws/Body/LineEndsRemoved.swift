internal import Catalogue
internal import ReportModel

extension Flaw {
    static let lineEndsRemoved = Flaw(
        "line-ends-removed", covers: ["D10"], needs: [.signedBody], caughtBy: ["body/*"],
        "It removes the ends of lines before it hashes the body.",
        explanation:
            "Your endpoint joins the lines of the body before hashing, and so refuses every body of several lines."
    ) { $0.hashes { body, _ in body.filter { $0 != 0x0A && $0 != 0x0D } } }
}
