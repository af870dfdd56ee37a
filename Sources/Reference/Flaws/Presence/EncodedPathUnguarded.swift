internal import ReportModel
internal import Transport

extension Flaw {
    static let encodedPathUnguarded = Flaw(
        "encoded-path-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-percent-encoded"],
        "It serves its path with percent escapes, unverified.",
        explanation: "Your endpoint's router resolves percent escapes, and the guard looks at the path before that."
    ) { behaviour in
        behaviour.alsoServes { target, path in HTTPRequest.unescaped(target) == path }
        behaviour.letsIn { _, received in !received.isAtDocumentedPath }
    }
}
