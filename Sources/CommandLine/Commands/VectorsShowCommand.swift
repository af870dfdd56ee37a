internal import Arguments
internal import Bytes
internal import Catalogue
internal import ReportModel
internal import Schemes

/// `countersign vectors show CASE`: one vector.
enum VectorsShowCommand: Command {
    private static let testCase = Argument("case", .text, help: "The id of a case.")

    static let spec = CommandSpec(
        "show", abstract: "Prints the vector of one case as JSON.", arguments: [testCase],
        options: [SharedOptions.anyScheme])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let id = try parsed[testCase]
        let scheme =
            try parsed[SharedOptions.anyScheme].map { try SchemeInput.scheme(named: $0, parsed) }
            ?? SchemeLibrary.all.first { Catalogue.named(id)?.applies(to: $0) == true }
        guard let scheme, let test = VectorFile.test(id, of: scheme) else {
            let question = Suggestion.sentence(for: id, among: Catalogue.all.map(\.id)).map { " \($0)" } ?? ""
            throw parsed.error("No vector '\(printable(id))'.\(question)", help: "'countersign list' shows the cases")
        }
        Console.out(test)
        return .success
    }
}
