internal import Arguments
internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

/// `countersign schemes`: the built-in schemes.
enum SchemesCommand: Command {
    static let subcommands: [any Command.Type] = [SchemesShowCommand.self, SchemesLintCommand.self]

    static let spec = CommandSpec(
        "schemes", abstract: "Lists the built-in schemes.", subcommands: subcommands.map { $0.spec })

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        for scheme in SchemeLibrary.all {
            let count = Catalogue.cases(for: scheme).count
            Console.out(
                scheme.id.padded(to: 20) + scheme.title.padded(to: 28) + scheme.signature.message.text.padded(to: 26)
                    + "\(count) cases")
        }
        return .success
    }
}
