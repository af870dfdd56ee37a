internal import ReportModel
internal import Transport

extension Flaw {
    static let refusesWithRedirect = Flaw(
        "refuses-with-redirect", covers: ["J08"], caughtBy: ["contract/*", "signature/*"],
        "It redirects a wrong signature to a page for logging in.",
        explanation: "Your endpoint sends a program with a wrong signature to a login page."
    ) { behaviour in
        behaviour.changesRefusal { answer, _ in
            answer = HTTPResponse(status: 302, headers: Headers([HeaderField("Location", "/login")]))
        }
    }
}
