internal import Bytes
internal import ReportModel
package import Schemes

/// Finds what is wrong with a vector file.
package enum VectorCheck {
    /// Checks a file by its own bytes: its form, each MAC, and the rules of honest vectors. The recipes that generated
    /// it are not used.
    ///
    /// - Parameters:
    ///   - file: the bytes of the file.
    ///   - name: the file's path, for the problems and because a file is named after its set.
    /// - Returns: the problems; none when the file is sound.
    package static func problems(in file: [UInt8], named name: String) -> [VectorProblem] {
        let root: JSON
        do throws(JSON.SyntaxError) {
            root = try JSON.parse(file)
        } catch {
            return [VectorProblem(path: name, message: "not JSON: \(error)")]
        }
        let found = problems(in: root, stem: stem(of: name))
        return found.map {
            VectorProblem(path: $0.pointer.isEmpty ? name : "\(name)#\($0.pointer)", message: $0.reason)
        }
    }

    /// Compares a file with what the catalogue generates.
    ///
    /// - Parameters:
    ///   - file: the bytes of the file.
    ///   - name: the file's path, for the problem.
    ///   - scheme: the scheme of the file.
    /// - Returns: the problem that names the first differing test, or `nil` when the file is identical.
    package static func staleness(of file: [UInt8], named name: String, scheme: Scheme) -> VectorProblem? {
        let generated = VectorFile.json(of: scheme)
        guard generated.serialized(.pretty) != file else { return nil }
        let place = firstDifference(generated, in: try? JSON.parse(file)).map { ", first at \($0)" } ?? ""
        return VectorProblem(
            path: name,
            message: "differs from what the catalogue generates\(place): run 'countersign vectors generate'")
    }

    private static func problems(in json: JSON, stem: String) -> [JSONProblem] {
        let root = JSONCursor(json)
        var problems = [JSONProblem]()
        var tests = [CheckedTest]()
        do throws(JSONProblem) {
            let set = try CheckedSet(root)
            let nodes = try root["tests"].elements
            for node in nodes {
                do throws(JSONProblem) {
                    tests.append(try CheckedTest(node))
                } catch {
                    problems.append(error)
                }
            }
            if set.id != stem {
                problems.append(JSONProblem("/set/id", "the name of the file does not match its set '\(set.id)'"))
            }
            if set.numberOfTests != nodes.count {
                let message = "says \(set.numberOfTests), but there are \(nodes.count)"
                problems.append(JSONProblem("/numberOfTests", message))
            }
            // If one test can't be parsed, the tests around it would look wrong too.
            guard problems.allSatisfy({ !$0.pointer.hasPrefix("/tests/") }) else { return problems }
            var rules = VectorRules(set: set, tests: tests)
            rules.check()
            return problems + rules.problems
        } catch {
            return [error]
        }
    }

    private static func stem(of name: String) -> String {
        let file = name.split(separator: "/").last.map(String.init) ?? name
        return file.hasSuffix(".json") ? String(file.dropLast(5)) : file
    }

    private static func firstDifference(_ generated: JSON, in file: JSON?) -> String? {
        guard let file, let members = generated.members else { return nil }
        let tests = { (json: JSON) in json["tests"]?.array ?? [] }
        for member in members where member.key != "tests" && member.key != "numberOfTests" {
            if file[member.key] != member.value { return "\"\(member.key)\"" }
        }
        for (place, test) in tests(generated).enumerated() {
            let other = tests(file).indices.contains(place) ? tests(file)[place] : nil
            if test != other { return test["id"]?.string.map { "test \($0)" } }
        }
        let extra = tests(file).dropFirst(tests(generated).count).first
        return extra?["id"]?.string.map { "test \($0)" }
    }
}
