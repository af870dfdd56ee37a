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
        let statuses = SchemeLibrary.all.map { scheme in
            write(
                VectorFile.bytes(of: scheme), to: VectorFolder.file(of: scheme.id, in: folder),
                "\(Catalogue.cases(for: scheme).count) vectors")
        }
        let path = VectorFolder.requirements(in: folder)
        if let frozen = try? Files.read(path, as: "set of requirements"), !RequirementSet.mayReplace(frozen) {
            for problem in RequirementSet.problems(in: frozen, named: path) { Console.out(problem.description) }
            return .wrongInput
        }
        return .combined(
            statuses + [write(RequirementSet.bytes(), to: path, "version \(RequirementSet.version)")])
    }

    private static func write(_ bytes: [UInt8], to path: String, _ content: String) -> ExitStatus {
        let status = ReportOutputs.write(bytes, to: path)
        if status == .success { Console.out("\(path): \(content)") }
        return status
    }
}
