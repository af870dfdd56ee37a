internal import Bytes
internal import ReportModel

extension Flaw {
    static let pathCaseUnguarded = Flaw(
        "path-case-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-upper-case"],
        "It serves its path in capitals, unverified.",
        explanation: "Your endpoint's router ignores the case of the path, and the guard does not."
    ) { behaviour in
        behaviour.alsoServes { target, path in ASCII.equalsIgnoringCase(target, path) }
        behaviour.letsIn { _, received in !received.isAtDocumentedPath }
    }
}
