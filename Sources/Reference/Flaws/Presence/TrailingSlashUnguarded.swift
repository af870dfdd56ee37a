internal import ReportModel

extension Flaw {
    static let trailingSlashUnguarded = Flaw(
        "trailing-slash-unguarded", covers: ["A13", "K07"],
        caughtBy: ["presence/path-slash", "presence/path-two-slashes"],
        "It serves its path with slashes behind it, unverified.",
        explanation:
            "Your endpoint's router ignores a slash at the end of the path, and the guard does not know that spelling."
    ) { behaviour in
        behaviour.alsoServes { target, path in
            let given = target.prefix { $0 != UInt8(ascii: "?") }
            return given.starts(with: path) && given.dropFirst(path.count).allSatisfy { $0 == UInt8(ascii: "/") }
        }
        behaviour.letsIn { _, received in !received.isAtDocumentedPath }
    }
}
