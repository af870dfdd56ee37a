internal import Arguments
internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

/// `countersign vectors check`: validates the vector files.
enum VectorsCheckCommand: Command {
    static let spec = CommandSpec(
        "check", abstract: "Validates the vector files, recomputes their MACs, and compares them with the catalogue.",
        arguments: [VectorFolder.argument])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let folder = try parsed[VectorFolder.argument]
        var count = 0
        var problems = [String]()
        for scheme in SchemeLibrary.all {
            let path = VectorFolder.file(of: scheme.id, in: folder)
            let bytes = try Files.read(path, as: "vector file")
            problems += VectorCheck.problems(in: bytes, named: path).map { printable($0.description) }
            if let stale = VectorCheck.staleness(of: bytes, named: path, scheme: scheme) {
                problems.append(printable(stale.description))
            }
            count += Catalogue.cases(for: scheme).count
        }
        let path = VectorFolder.requirements(in: folder)
        problems += RequirementSet.problems(in: try Files.read(path, as: "set of requirements"), named: path)
            .map { printable($0.description) }
        for problem in problems { Console.out(problem) }
        Console.out(
            problems.isEmpty
                ? "\(count) vectors in \(SchemeLibrary.names.count) files: every MAC recomputed, every probe differs from its "
                    + "control only where it says"
                : "\(problems.count) problems in \(count) vectors")
        return problems.isEmpty ? .success : .wrongInput
    }
}
