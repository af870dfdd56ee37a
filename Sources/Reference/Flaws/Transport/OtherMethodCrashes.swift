internal import ReportModel

extension Flaw {
    static let otherMethodCrashes = Flaw(
        "other-method-crashes", covers: ["K05", "K06", "J09"], caughtBy: ["transport/*"],
        "It fails with an exception on any method that it does not know.",
        explanation: "Your endpoint looks the method up in a table, and throws when it is not there."
    ) { behaviour in
        behaviour.methods += ["post", "COUNTERSIGN", "OPTIONS", "PUT", "PATCH", "DELETE", "HEAD", "GET"]
        behaviour.crashes(.trace("TypeError: handlers[method] is not a function", "/app/src/router.js:12:22")) {
            !$0.isPost || $0.header("X-HTTP-Method-Override") != nil
        }
    }
}
