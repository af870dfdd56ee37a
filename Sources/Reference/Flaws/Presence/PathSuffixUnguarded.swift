internal import Bytes
internal import ReportModel

extension Flaw {
    static let pathSuffixUnguarded = Flaw(
        "path-suffix-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-json-suffix"],
        "It serves its path with .json behind it, unverified.",
        explanation:
            "Your endpoint's router takes a suffix such as .json for a format, and the guard does not know that path."
    ) { behaviour in
        behaviour.alsoServes { target, path in target.elementsEqual(path + ".json".utf8) }
        behaviour.letsIn { _, received in !received.isAtDocumentedPath }
    }
}
