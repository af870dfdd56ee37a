internal import ReportModel
internal import Schemes
internal import Transport

extension Flaw {
    static let proxyHeadersRefused = Flaw(
        "proxy-headers-refused", covers: ["K08"], caughtBy: ["transport/signed-with-*", "control/headers-of-a-proxy"],
        "It refuses requests that came through a proxy.",
        explanation: "Your endpoint, or a guard before it, refuses a request because of headers that every proxy adds."
    ) { behaviour in
        let names = [
            "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix", "Forwarded", "X-Real-IP",
            "X-Original-URL", "X-Rewrite-URL", "Via",
        ]
        behaviour.answersFirst { received in
            names.contains { received.header($0) != nil }
                ? .answer(received.scheme.responses.rejected.response()) : nil
        }
    }
}
