internal import Catalogue
internal import ReportModel

extension Flaw {
    static let stopsAtNUL = Flaw(
        "stops-at-nul", covers: ["D11"], needs: [.signedBody],
        caughtBy: ["body/with-nul-appended", "body/with-text-behind-nul"],
        "It hashes the body only up to a NUL.",
        explanation: "Your endpoint treats the body as a C string, and hashes nothing behind the first NUL."
    ) { $0.hashes { body, _ in Array(body.prefix { $0 != 0 }) } }
}
