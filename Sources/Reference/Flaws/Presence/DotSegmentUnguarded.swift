internal import ReportModel

extension Flaw {
    static let dotSegmentUnguarded = Flaw(
        "dot-segment-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-dot-segment"],
        "It serves its path with a dot segment in front, unverified.",
        explanation: "Your endpoint's router resolves dot segments, and the guard looks at the path before that."
    ) { behaviour in
        behaviour.alsoServes { target, path in target.elementsEqual("/.".utf8 + path) }
        behaviour.letsIn { _, received in !received.isAtDocumentedPath }
    }
}
