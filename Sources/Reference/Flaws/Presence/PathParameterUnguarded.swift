internal import ReportModel

extension Flaw {
    static let pathParameterUnguarded = Flaw(
        "path-parameter-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-parameter"],
        "It serves its path with a parameter behind a semicolon, unverified.",
        explanation: "Your endpoint's router cuts the path at a semicolon, and the guard does not."
    ) { behaviour in
        behaviour.alsoServes { target, path in target.prefix { $0 != UInt8(ascii: ";") }.elementsEqual(path) }
        behaviour.letsIn { _, received in !received.isAtDocumentedPath }
    }
}
