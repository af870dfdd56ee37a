internal import Arguments
internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

/// `countersign schemes`: the scheme definitions.
enum SchemesCommand {
    private static let show = CommandSpec(
        "show", abstract: "Prints a scheme's definition, the start for one of your own.",
        arguments: [ArgumentSpec("name", help: "A built-in scheme.", completion: .values(SchemeLibrary.names))],
        options: [
            OptionSpec(flag: "published-secret", help: "Print only the secret of the vectors, which is never for use.")
        ])

    private static let lint = CommandSpec(
        "lint", abstract: "Checks a scheme file: mistakes with their place, and weaknesses of the recipe.",
        discussion: "Exit code 2 for mistakes; weaknesses are warnings.",
        arguments: [ArgumentSpec("file", help: "A scheme file, or a built-in name.", completion: .file)])

    static let spec = CommandSpec(
        "schemes", abstract: "Lists the built-in schemes.", subcommands: [show, lint])

    static func run(_ parsed: ParsedCommand) throws -> Int32 {
        switch parsed.path.last {
        case "show": try runShow(parsed)
        case "lint": try runLint(parsed)
        default:
            for scheme in SchemeLibrary.all {
                let count = Catalogue.descriptions(for: scheme).count
                Console.out(
                    scheme.id.padded(to: 20) + scheme.title.padded(to: 28)
                        + scheme.signature.message.text.padded(to: 26)
                        + "\(count) cases")
            }
        }
        return 0
    }

    private static func runShow(_ parsed: ParsedCommand) throws {
        let name = parsed.argument("name") ?? ""
        let scheme = try SchemeInput.scheme(named: name, parsed)
        if parsed.flag("published-secret") {
            Console.out(VectorContext.secret(of: scheme).text + [0x0A])
        } else {
            Console.out(try SchemeLibrary.text(of: name) ?? Files.read(name, as: "scheme file"))
        }
    }

    private static func runLint(_ parsed: ParsedCommand) throws {
        let scheme = try SchemeInput.scheme(named: parsed.argument("file") ?? "", parsed)
        let weaknesses = scheme.weaknesses()
        for weakness in weaknesses { Console.out("warning: \(printable(weakness.description))") }
        let cases = Catalogue.descriptions(for: scheme)
        let open = scheme.clauses.filter { $0.level == .open }.count
        Console.out(
            "\(scheme.id): no mistakes, \(weaknesses.count) warnings, \(scheme.clauses.count) clauses (\(open) left open), "
                + "\(cases.count) cases apply")
    }
}
