internal import ReportModel
internal import Transport

extension Flaw {
    static let methodOverridden = Flaw(
        "method-overridden", covers: ["K06"],
        caughtBy: [
            "transport/unsigned-get-with-x-http-method-override-post",
            "transport/unsigned-post-with-x-http-method-override-get",
            "transport/unsigned-post-with-x-http-method-override-put",
        ],
        "It lets a header replace the method, and verifies only what was sent as a POST.",
        explanation: "Your endpoint trusts X-HTTP-Method-Override, which leads around the guard of POST."
    ) { behaviour in
        behaviour.methods.append("GET")
        behaviour.letsIn { _, received in received.header("X-HTTP-Method-Override") != nil }
        behaviour.answersFirst { received in
            guard !received.isPost, received.header("X-HTTP-Method-Override") == nil else { return nil }
            return .answer(.problem(405, "method not allowed"))
        }
    }
}
