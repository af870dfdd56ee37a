/// A command as the completion scripts see it.
struct CompletionPlace {
    /// An option's spellings, its help, and what its value may be; `value` is `nil` for a flag.
    struct Option {
        var long: String
        var short: Character?
        var help: String
        var value: Offer?

        /// The words that select it, dashes included.
        var names: [String] { ["--\(long)"] + (short.map { ["-\($0)"] } ?? []) }
    }

    /// What is offered for a value.
    enum Offer {
        case nothing
        case files
        case directories
        case only([String])
        case wordsOrFiles([String])

        init(_ allowed: [String], _ completion: Completion) {
            guard allowed.isEmpty else {
                self = .only(allowed)
                return
            }
            switch completion {
            case .none: self = .nothing
            case .file: self = .files
            case .directory: self = .directories
            case .values(let words): self = .wordsOrFiles(words)
            }
        }
    }

    /// The words of the path joined by spaces, tool first.
    var path: String
    var subcommands: [(name: String, help: String)]
    var options: [Option]
    var arguments: [(offer: Offer, isRepeating: Bool)]
    var takesCommand: Bool

    /// Lists every command of a tool, with the `help` command and what may follow it.
    static func all(of root: CommandSpec) -> [CompletionPlace] {
        var root = root
        let hasHelp = !root.subcommands.isEmpty
        let topics = root.subcommands
        if hasHelp { root.subcommands.append(CommandSpec("help", abstract: "Show help for a subcommand.")) }
        var found = places(of: root, path: root.name)
        guard hasHelp else { return found }
        let helpPath = "\(root.name) help"
        found.removeAll { $0.path == helpPath }
        return found + helpPlaces(topics, path: helpPath)
    }

    private static func places(of spec: CommandSpec, path: String) -> [CompletionPlace] {
        var options = spec.options.map {
            Option(
                long: $0.name, short: $0.short, help: $0.help,
                value: $0.takesValue ? Offer($0.allowedValues, $0.completion) : nil)
        }
        if spec.version != nil { options.append(Option(long: "version", help: "Show the version.")) }
        options.append(Option(long: "help", short: "h", help: "Show help information."))
        let place = CompletionPlace(
            path: path, subcommands: spec.subcommands.map { ($0.name, $0.abstract) }, options: options,
            arguments: spec.arguments.map { (Offer($0.allowedValues, $0.completion), $0.isRepeating) },
            takesCommand: spec.takesCommandAfterDoubleDash)
        return [place] + spec.subcommands.flatMap { places(of: $0, path: "\(path) \($0.name)") }
    }

    private static func helpPlaces(_ topics: [CommandSpec], path: String) -> [CompletionPlace] {
        let place = CompletionPlace(
            path: path, subcommands: topics.map { ($0.name, $0.abstract) }, options: [], arguments: [],
            takesCommand: false)
        return [place] + topics.flatMap { helpPlaces($0.subcommands, path: "\(path) \($0.name)") }
    }
}
