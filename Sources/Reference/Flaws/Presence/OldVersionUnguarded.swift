internal import ReportModel

extension Flaw {
    static let oldVersionUnguarded = Flaw(
        "old-version-unguarded", covers: ["A13"], caughtBy: ["presence/path-old-version"],
        "It still serves an older version of its path, unverified.",
        explanation: "Your endpoint left an older version of the route in place that never learnt to verify."
    ) { behaviour in
        behaviour.alsoServes { target, path in
            let old = Array("/v0".utf8) + (path.starts(with: "/v1/".utf8) ? Array(path.dropFirst(3)) : path)
            return target == old
        }
        behaviour.letsIn { _, received in !received.isAtDocumentedPath }
    }
}
