internal import ReportModel

extension Flaw {
    static let testPathUnguarded = Flaw(
        "test-path-unguarded", covers: ["A13"], caughtBy: ["presence/path-test"],
        "It has a route for tests below its path that nothing guards.",
        explanation: "Your endpoint has a route ending in /test that does the same without verifying."
    ) { behaviour in
        behaviour.alsoServes { target, path in target.elementsEqual(path + "/test".utf8) }
        behaviour.letsIn { _, received in !received.isAtDocumentedPath }
    }
}
