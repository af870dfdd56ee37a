internal import Arguments
internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

/// `countersign vectors`: the frozen cases.
enum VectorsCommand {
    private static let folder = ArgumentSpec(
        "folder", help: "The folder of the vector files (vectors).", isRequired: false, completion: .directory)

    private static let generate = CommandSpec(
        "generate",
        abstract:
            "Writes the vector file of each built-in scheme and the set of requirements, the same bytes every time.",
        arguments: [folder])

    private static let check = CommandSpec(
        "check", abstract: "Validates the vector files, recomputes their MACs, and compares them with the catalogue.",
        arguments: [folder])

    private static let show = CommandSpec(
        "show", abstract: "Prints the vector of one case as JSON.",
        arguments: [ArgumentSpec("case", help: "The id of a case.")], options: [SharedOptions.scheme])

    static let spec = CommandSpec(
        "vectors", abstract: "Generates, checks and shows the frozen cases.", subcommands: [generate, check, show],
        subcommandIsRequired: true)

    static func run(_ parsed: ParsedCommand) throws -> Int32 {
        let folder = parsed.path.last == "show" ? "" : parsed.argument("folder") ?? "vectors"
        switch parsed.path.last {
        case "generate": return try runGenerate(folder)
        case "check": return try runCheck(folder)
        default: return try runShow(parsed)
        }
    }

    private static func runGenerate(_ folder: String) throws -> Int32 {
        try Files.makeFolder(folder)
        for scheme in SchemeLibrary.all {
            try ReportOutputs.write(VectorFile.bytes(of: scheme), to: "\(folder)/\(scheme.id).json")
            Console.out("\(folder)/\(scheme.id).json: \(Catalogue.cases(for: scheme).count) vectors")
        }
        let path = requirements(in: folder)
        if let frozen = try? Files.read(path, as: "set of requirements"), !RequirementSet.mayReplace(frozen) {
            for problem in RequirementSet.problems(in: frozen, named: path) { Console.out(problem.description) }
            return 2
        }
        try ReportOutputs.write(RequirementSet.bytes(), to: path)
        Console.out("\(path): version \(RequirementSet.version)")
        return 0
    }

    private static func requirements(in folder: String) -> String { "\(folder)/requirements.json" }

    private static func runCheck(_ folder: String) throws -> Int32 {
        var count = 0
        var problems = [String]()
        for scheme in SchemeLibrary.all {
            let path = "\(folder)/\(scheme.id).json"
            let bytes = try Files.read(path, as: "vector file")
            problems += VectorCheck.problems(in: bytes, named: path).map { printable($0.description) }
            if let stale = VectorCheck.staleness(of: bytes, named: path, scheme: scheme) {
                problems.append(printable(stale.description))
            }
            count += Catalogue.cases(for: scheme).count
        }
        let path = requirements(in: folder)
        problems += RequirementSet.problems(in: try Files.read(path, as: "set of requirements"), named: path)
            .map { printable($0.description) }
        for problem in problems { Console.out(problem) }
        Console.out(
            problems.isEmpty
                ? "\(count) vectors in \(SchemeLibrary.names.count) files: every MAC recomputed, every probe differs from its "
                    + "control only where it says"
                : "\(problems.count) problems in \(count) vectors")
        return problems.isEmpty ? 0 : 2
    }

    private static func runShow(_ parsed: ParsedCommand) throws -> Int32 {
        let id = parsed.argument("case") ?? ""
        let scheme =
            parsed.isGiven("scheme")
            ? try SchemeInput.scheme(parsed)
            : SchemeLibrary.all.first { scheme in
                Catalogue.named(id)?.applies(to: scheme) == true
            }
        guard let scheme, let test = VectorFile.test(id, of: scheme) else {
            throw parsed.error("No vector '\(printable(id))'.", help: "'countersign list' shows the cases")
        }
        Console.out(test)
        return 0
    }
}
