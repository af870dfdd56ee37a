internal import ReportModel

extension Flaw {
    static let getCrashes = Flaw(
        "get-crashes", covers: ["K05", "J09"], caughtBy: ["transport/*"],
        "It fails with an exception on a GET.",
        explanation: "Your endpoint's handler takes GET too, and throws because there is no body."
    ) { behaviour in
        behaviour.methods.append("GET")
        behaviour.crashes(
            .trace("TypeError: Cannot read properties of undefined (reading 'body')", "/app/src/hook.js:8:14")
        ) {
            !$0.isPost
        }
    }
}
