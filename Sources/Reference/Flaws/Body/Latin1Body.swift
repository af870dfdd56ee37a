internal import Catalogue
internal import ReportModel

extension Flaw {
    static let latin1Body = Flaw(
        "latin1-body", covers: ["D08"], needs: [.signedBody], caughtBy: ["control/text-*", "body/*"],
        "It decodes the body as Latin-1 before it hashes it.",
        explanation:
            "Your endpoint takes the body for Latin-1, and so refuses every message with an accent or an emoji."
    ) { $0.hashes { body, _ in Python.reencodedLatin1(body) } }
}
