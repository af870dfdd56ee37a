internal import Arguments
internal import Bytes
internal import Cryptography
internal import Harness
internal import ReportModel

/// The targets of a fleet file, each with its run prepared.
struct FleetFile: Sendable {
    /// One target.
    struct Target: Sendable {
        let name: String
        let run: PreparedRun
    }

    /// The version of the format.
    private static let format = 1
    /// Options that mean something else for many targets, or nothing.
    private static let notHere =
        ReportOutputs.options.map(\.spec.name)
        + [RunOptions.dryRun.spec.name, RunOptions.shard.spec.name, RunOptions.seed.spec.name]

    /// `sha256:` and the digest of the file.
    let digest: String
    let targets: [Target]

    /// Reads a file and prepares a run for each target, so that a mistake is said before anything is sent.
    ///
    /// - Parameter seed: the seed of every run.
    init(_ path: String, seed: UInt64) throws {
        let bytes = try Files.read(path, as: "fleet file")
        digest = "sha256:" + Hex.string(HashFunction.sha256.digest(bytes))
        var targets = [Target]()
        do {
            let root = JSONCursor(try JSON.parse(bytes, allowsComments: true))
            try root.object(["format", "targets"], optional: ["$schema", "defaults"])
            let written = try root["format"].integer() as Int
            guard written == Self.format else {
                throw try root["format"].problem("this is format \(written); this version reads format \(Self.format)")
            }
            let defaults = try root.present("defaults")?.members ?? []
            var names = Set<String>()
            for node in try root["targets"].elements {
                let target = try Self.target(node, defaults, seed: seed)
                // Names are file names, and some file systems do not tell upper from lower case.
                guard names.insert(target.name.lowercased()).inserted else {
                    throw try node["name"].problem("there is a target of this name already")
                }
                targets.append(target)
            }
        } catch let problem as JSONProblem {
            throw CommandError.input("the fleet file '\(printable(path))': \(printable(problem.description))")
        } catch let error as JSON.SyntaxError {
            throw CommandError.input("the fleet file '\(printable(path))' is not JSON: \(error)")
        }
        guard !targets.isEmpty else { throw CommandError.input("the fleet file '\(printable(path))' has no targets") }
        self.targets = targets
    }

    private static func target(
        _ node: JSONCursor, _ defaults: [(key: String, value: JSONCursor)], seed: UInt64
    ) throws -> Target {
        let name = try node["name"].string
        guard isFileName(name) else {
            throw try node["name"].problem(
                "a name has up to 100 letters, digits, '-', '_' and '.', and begins with a letter or digit")
        }
        do {
            var command = try Parser.parse([RunCommand.spec.name], root: CommandTree.spec)
            for (key, value) in try node.members where key != "name" { try fill(&command, key, value) }
            for (key, value) in defaults { try fill(&command, key, value) }
            _ = try command.fill(RunOptions.seed.spec, with: [String(seed)])
            try command.checkRequired()
            let url = try command[RunCommand.url]
            return Target(name: name, run: try PreparedRun(command, url: url))
        } catch let error as UsageError {
            throw node.problem("(\(name)) \(error.message)")
        } catch let error as CommandError {
            throw node.problem("(\(name)) \(error.message)")
        }
    }

    private static func fill(_ command: inout ParsedCommand, _ key: String, _ value: JSONCursor) throws {
        if key == "url" {
            _ = try command.fill(RunCommand.url, with: try ConfigurationFile.text(value))
            return
        }
        guard let option = command.spec.option(long: key), !notHere.contains(key) else {
            let known = ["name", "url"] + command.spec.options.map(\.name).filter { !notHere.contains($0) }
            let question = Suggestion.sentence(for: key, among: known).map { " \($0)" } ?? ""
            throw value.problem("a target has no such option.\(question)")
        }
        _ = try command.fill(option, with: try ConfigurationFile.texts(of: value, option))
    }

    private static func isFileName(_ name: String) -> Bool {
        let isPlain = { (byte: UInt8) in ASCII.isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) }
        return (1...100).contains(name.utf8.count) && isPlain(name.utf8.first ?? 0)
            && name.utf8.allSatisfy { isPlain($0) || "-_.".utf8.contains($0) }
    }
}
