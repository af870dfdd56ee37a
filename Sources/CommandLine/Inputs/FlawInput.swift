internal import Arguments
internal import Bytes
internal import Reference

/// The flaws that a user names.
enum FlawInput {
    /// Returns the flaw with a name.
    static func flaw(named name: String, _ parsed: ParsedCommand) throws -> Flaw {
        guard let flaw = FlawRegistry.all.first(where: { $0.id == name }) else {
            let question = Suggestion.sentence(for: name, among: FlawRegistry.all.map(\.id)).map { " \($0)" } ?? ""
            throw parsed.error(
                "Unknown flaw '\(printable(name))'.\(question)", help: "'countersign serve --flaws' lists them")
        }
        return flaw
    }

    /// Prints the names of flaws and what they do wrong.
    static func list(_ flaws: [(id: String, title: String)]) {
        let width = flaws.map { $0.id.utf8.count }.max() ?? 0
        for flaw in flaws { Console.out(flaw.id.padded(to: width + 2) + flaw.title) }
        Console.out("\(flaws.count) flaws")
    }
}
