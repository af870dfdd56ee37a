internal import Arguments
internal import ReportModel

/// `countersign certificate`: keys, and the certificates of `certify`.
enum CertificateCommand: Command {
    static let subcommands: [any Command.Type] = [CertificateVerifyCommand.self, CertificateKeygenCommand.self]

    static let spec = CommandSpec(
        "certificate", abstract: "Verifies certificates, and makes the keys that sign them.",
        subcommands: subcommands.map { $0.spec }, subcommandIsRequired: true)

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus { askForSubcommand(parsed) }
}
