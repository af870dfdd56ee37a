internal import Arguments
internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

/// `countersign schemes lint FILE`: the mistakes and weaknesses of a scheme.
enum SchemesLintCommand: Command {
    private static let file = Argument(
        "file", .text, help: "A scheme file, or a built-in name.", completion: .file)

    static let spec = CommandSpec(
        "lint", abstract: "Checks a scheme file: mistakes and where they are, and weaknesses of the recipe.",
        discussion: "Mistakes end with exit code 2; weaknesses are warnings.", arguments: [file])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let scheme = try SchemeInput.scheme(named: parsed[file], parsed)
        let weaknesses = scheme.weaknesses()
        for weakness in weaknesses { Console.out("warning: \(printable(weakness.description))") }
        let cases = Catalogue.cases(for: scheme)
        let open = scheme.clauses.filter { $0.level == .open }.count
        Console.out(
            "\(scheme.id): no mistakes, \(weaknesses.count) warnings, \(scheme.clauses.count) clauses (\(open) left open), "
                + "\(cases.count) cases apply")
        return .success
    }
}
