internal import ReportModel

extension Flaw {
    static let doubledSlashUnguarded = Flaw(
        "doubled-slash-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-double-slash-in-front"],
        "It serves its path with two slashes in front, unverified.",
        explanation: "Your endpoint's router folds doubled slashes, and the guard looks at the path before that."
    ) { behaviour in
        behaviour.alsoServes { target, path in target.elementsEqual([UInt8(ascii: "/")] + path) }
        behaviour.letsIn { _, received in !received.isAtDocumentedPath }
    }
}
