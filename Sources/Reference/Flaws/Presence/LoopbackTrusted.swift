internal import ReportModel

extension Flaw {
    static let loopbackTrusted = Flaw(
        "loopback-trusted", covers: ["A10", "K08"],
        caughtBy: ["presence/switch-header-forwarded-for", "transport/unsigned-with-x-forwarded-for"],
        "It skips the verification for requests that say they come from the same machine.",
        explanation: "Your endpoint trusts X-Forwarded-For, and skips the verification for 127.0.0.1."
    ) { behaviour in
        behaviour.letsIn { _, received in received.header("X-Forwarded-For")?.starts(with: "127.0.0.1".utf8) == true }
    }
}
