internal import Arguments
internal import Catalogue
internal import ReportModel
internal import Schemes

/// `countersign schemes show NAME`: the definition of a scheme.
enum SchemesShowCommand: Command {
    private static let name = Argument(
        "name", .text, help: "A built-in scheme.", completion: .values(SchemeLibrary.names))

    private static let publishedSecret = Option(
        flag: "published-secret", help: "Print only the secret of the vectors, which must never be used.")

    static let spec = CommandSpec(
        "show", abstract: "Prints a scheme's definition, to start one of your own from.", arguments: [name],
        options: [publishedSecret])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let name = try parsed[name]
        let scheme = try SchemeInput.scheme(named: name, parsed)
        if try parsed[publishedSecret] {
            Console.out(VectorContext.secret(of: scheme).text + [0x0A])
        } else {
            Console.out(try SchemeLibrary.text(of: name) ?? Files.read(name, as: "scheme file"))
        }
        return .success
    }
}
