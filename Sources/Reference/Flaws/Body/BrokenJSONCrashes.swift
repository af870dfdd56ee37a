internal import Bytes
internal import Catalogue
internal import ReportModel

extension Flaw {
    static let brokenJSONCrashes = Flaw(
        "broken-json-crashes", covers: ["J06", "J09", "D14"], needs: [.json], caughtBy: ["contract/*", "body/*"],
        "It fails with an exception on a body that is not JSON, signed or not.",
        explanation: "Your endpoint parses the body before it verifies it, and nobody catches the error."
    ) { behaviour in
        behaviour.crashes(
            .trace(
                "SyntaxError: Unexpected token in JSON at position 1", "JSON.parse (<anonymous>)",
                "/app/src/hook.js:9:21")
        ) { $0.json == nil }
    }
}
