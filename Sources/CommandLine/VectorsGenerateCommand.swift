internal import Arguments
internal import Catalogue
internal import ReportModel
internal import Schemes

/// `countersign vectors generate`: writes the vector files.
enum VectorsGenerateCommand: Command {
    static let spec = CommandSpec(
        "generate",
        abstract:
            "Writes the vector file of each built-in scheme and the set of requirements, the same bytes every time.",
        arguments: [VectorFolder.argument])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let folder = try parsed[VectorFolder.argument]
        try Files.makeFolder(folder)
        for scheme in SchemeLibrary.all {
            let path = VectorFolder.file(of: scheme.id, in: folder)
            try ReportOutputs.write(VectorFile.bytes(of: scheme), to: path)
            Console.out("\(path): \(Catalogue.cases(for: scheme).count) vectors")
        }
        let path = VectorFolder.requirements(in: folder)
        if let frozen = try? Files.read(path, as: "set of requirements"), !RequirementSet.mayReplace(frozen) {
            for problem in RequirementSet.problems(in: frozen, named: path) { Console.out(problem.description) }
            return .wrongInput
        }
        try ReportOutputs.write(RequirementSet.bytes(), to: path)
        Console.out("\(path): version \(RequirementSet.version)")
        return .success
    }
}
