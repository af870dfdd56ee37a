internal import ReportModel
internal import Transport

extension Flaw {
    static let chunkedRefused = Flaw(
        "chunked-refused", covers: ["D17"],
        caughtBy: ["transport/chunked-one-byte", "transport/chunked-one-chunk", "transport/chunked-seven-bytes"],
        "It refuses bodies in chunks.",
        explanation: "Your endpoint asks for a Content-Length, and so refuses senders that stream."
    ) { behaviour in
        behaviour.answersFirst { received in
            if case .chunked = received.request.framing { .answer(.problem(411, "length required")) } else { nil }
        }
    }
}
