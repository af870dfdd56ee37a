internal import Bytes
internal import Cryptography
internal import ReportModel
package import Schemes

/// What every endpoint of a scheme must do, frozen: `vectors/requirements.json`.
///
/// To say that an endpoint meets version N of the set is to say so of these cases as they were then. Changing one of
/// them, however slightly, makes another version.
package enum RequirementSet {
    /// The version of the set; raise it with every change of the set.
    package static let version = 7

    /// Returns the bytes of the file.
    package static func bytes() -> [UInt8] { json.serialized(.pretty) }

    private static let json: JSON = [
        "$schema": "schemas/requirements.schema.json",
        "format": 1,
        "version": JSON(version),
        "generator": "countersign vectors generate",
        "schemes": .object(SchemeLibrary.all.map { JSON.Member($0.id, requirements(of: $0)) }),
    ]

    private static func requirements(of scheme: Scheme) -> JSON {
        let required = required(of: scheme)
        return [
            "numberOfTests": JSON(required.ids.count),
            "digest": .string("sha256:" + required.digest),
            "must": JSON(required.ids),
        ]
    }

    /// Returns the cases that the set requires of a scheme's endpoints, and the SHA-256 digest of what they send and
    /// expect, in hexadecimal.
    package static func required(of scheme: Scheme) -> (ids: [String], digest: String) {
        let tests = VectorFile.json(of: scheme)["tests"]?.array ?? []
        let required = tests.filter { $0["level"]?.string == Level.must.rawValue }
        return (required.compactMap { $0["id"]?.string }, Hex.string(digest(of: required)))
    }

    /// What is sent and the expected answer. The wording, grading and explanation of a case are not frozen.
    private static let frozen = ["id", "control", "request", "expect"]

    /// Returns the digest of tests: for each, its frozen members as compact JSON, and a newline.
    private static func digest(of tests: [JSON]) -> [UInt8] {
        var lines = [UInt8]()
        for test in tests {
            let members = frozen.compactMap { key in test[key].map { JSON.Member(key, $0) } }
            lines += JSON.object(members).serialized() + [UInt8(ascii: "\n")]
        }
        return HashFunction.sha256.digest(lines)
    }
}

extension RequirementSet {
    /// Compares a file with what the catalogue requires.
    ///
    /// - Parameters:
    ///   - file: the bytes of the file.
    ///   - name: its path, for the problems.
    /// - Returns: the differences; none when the file is identical.
    package static func problems(in file: [UInt8], named name: String) -> [VectorProblem] {
        guard file != bytes() else { return [] }
        guard let frozen = try? JSON.parse(file), let frozenVersion = frozen["version"]?.integer else {
            return [VectorProblem(path: name, message: "not a set of requirements: run 'countersign vectors generate'")]
        }
        var changes = differences(between: frozen, and: json)
        if changes.isEmpty { changes = ["it is formatted differently"] }
        let remedy =
            frozenVersion < version
            ? "run 'countersign vectors generate'"
            : "version \(frozenVersion) is frozen, so raise RequirementSet.version, or undo the change"
        return changes.map { VectorProblem(path: name, message: "\($0): \(remedy)") }
    }

    /// Whether what the catalogue requires now may replace a file: the file is identical, or of an earlier version.
    package static func mayReplace(_ file: [UInt8]) -> Bool {
        guard file != bytes(), let frozenVersion = (try? JSON.parse(file))?["version"]?.integer else { return true }
        return frozenVersion < version
    }

    private static func differences(between frozen: JSON, and current: JSON) -> [String] {
        var changes = [String]()
        let schemes = { (set: JSON) in set["schemes"]?.members ?? [] }
        for scheme in schemes(frozen) where current["schemes"]?[scheme.key] == nil {
            changes.append("the scheme \(scheme.key) was removed")
        }
        for scheme in schemes(current) {
            guard let before = frozen["schemes"]?[scheme.key] else {
                changes.append("the scheme \(scheme.key) was added")
                continue
            }
            let was = (before["must"]?.array ?? []).compactMap(\.string)
            let now = (scheme.value["must"]?.array ?? []).compactMap(\.string)
            let gone = Set(was).subtracting(now)
            let new = Set(now).subtracting(was)
            if let id = was.first(where: gone.contains) {
                changes.append("\(scheme.key): \(gone.count) cases are no longer required, first \(id)")
            }
            if let id = now.first(where: new.contains) {
                changes.append("\(scheme.key): \(new.count) cases are newly required, first \(id)")
            }
            if gone.isEmpty, new.isEmpty, before["digest"] != scheme.value["digest"] {
                changes.append("\(scheme.key): a required case sends or expects something else")
            }
        }
        return changes
    }
}
