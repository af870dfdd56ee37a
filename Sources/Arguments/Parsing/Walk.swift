internal import Bytes

/// One pass over the words of a command line, from left to right.
struct Walk {
    private let root: CommandSpec
    private var words: ArraySlice<String>
    private var isHelpCommand = false
    var command: ParsedCommand
    private(set) var subcommandIsUnknown = false

    /// A pattern that the shell expanded may produce thousands of words.
    private static let listed = 5

    init(_ arguments: [String], root: CommandSpec) {
        self.root = root
        words = arguments[...]
        command = ParsedCommand(path: [root.name], spec: root)
    }

    mutating func readAll() throws(UsageError) {
        while let word = words.popFirst() {
            let bytes = word.utf8
            if isSame(word, "--") {
                readRest()
            } else if bytes.starts(with: "--".utf8) {
                try readLong(word)
            } else if bytes.first == UInt8(ascii: "-"), bytes.count > 1 {
                try readShort(word)
            } else {
                try readPlain(word)
            }
        }
    }

    /// Checks what can only be judged at the end of the line.
    func checkEnd() throws(UsageError) {
        guard command.intent == .run else { return }
        let spec = command.spec
        let surplus =
            spec.arguments.last?.isRepeating == true ? [] : command.positionals.dropFirst(spec.arguments.count)
        if surplus.count == 1 { throw command.error("Unexpected argument '\(printable(surplus.joined()))'") }
        if surplus.count > 1 {
            let list = surplus.prefix(Self.listed).map { "'\(printable($0))'" }.joined(separator: ", ")
            let rest = surplus.count > Self.listed ? " and \(surplus.count - Self.listed) more" : ""
            throw command.error("\(surplus.count) unexpected arguments: \(list)\(rest)")
        }
        for argument in spec.arguments {
            for text in command.texts(of: argument) { try command.check(argument, text) }
        }
        if !spec.isCompletedLater { try command.checkRequired() }
    }

    private mutating func readRest() {
        if command.spec.takesCommandAfterDoubleDash {
            command.afterDoubleDash = Array(words)
        } else {
            command.positionals += words
        }
        words = []
    }

    private mutating func readPlain(_ word: String) throws(UsageError) {
        guard command.positionals.isEmpty, !command.spec.subcommands.isEmpty else {
            guard !isHelpCommand else { throw unknownSubcommand(word) }
            command.positionals.append(word)
            return
        }
        if command.path.count == 1, !isHelpCommand, isSame(word, "help") {
            isHelpCommand = true
            command.intent = .help
            return
        }
        if let next = command.spec.subcommand(named: word) { return try enter(next) }
        if command.spec.arguments.isEmpty || isHelpCommand { throw unknownSubcommand(word) }
        command.positionals.append(word)
    }

    private mutating func enter(_ next: CommandSpec) throws(UsageError) {
        command.path.append(next.name)
        let before = command.spec
        command.spec = next
        for (name, _) in command.given
        where next.option(long: name)?.takesValue != before.option(long: name)?.takesValue {
            throw unknownOption("--\(name)")
        }
    }

    private mutating func readLong(_ word: String) throws(UsageError) {
        // On bytes: `=` with a combining mark after it is another character.
        let parts = word.utf8.dropFirst(2).split(
            separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(decoding: parts[0], as: UTF8.self)
        let value = parts.count == 2 ? String(decoding: parts[1], as: UTF8.self) : nil
        if isSame(name, "help") || (isSame(name, "version") && root.version != nil) {
            if let value { throw takesNoValue("--\(name)", value) }
            ask(for: isSame(name, "help") ? .help : .version)
            return
        }
        guard let option = command.spec.option(long: name) else { throw unknownOption("--\(name)") }
        guard option.takesValue else {
            if let value { throw takesNoValue("--\(name)", value) }
            return try record(option, "")
        }
        if let value { try record(option, value) } else { try record(option, nextValue(of: option)) }
    }

    private mutating func readShort(_ word: String) throws(UsageError) {
        var letters = word.dropFirst()
        while let letter = letters.popFirst() {
            if letter == "h" {
                ask(for: .help)
                continue
            }
            guard let option = command.spec.option(short: letter) else {
                // `-scheme` is a long name with a dash too few rather than six letters.
                let isFirst = letters.count == word.count - 2
                throw unknownOption(isFirst ? word : "-\(letter)")
            }
            guard option.takesValue else {
                if letters.first == "=" { throw takesNoValue("-\(letter)", String(letters.dropFirst())) }
                try record(option, "")
                continue
            }
            guard !letters.isEmpty else { return try record(option, nextValue(of: option)) }
            return try record(option, String(letters.first == "=" ? letters.dropFirst() : letters))
        }
    }

    private mutating func ask(for intent: ParsedCommand.Intent) {
        if command.intent != .help { command.intent = intent }
    }

    private mutating func nextValue(of option: OptionSpec) throws(UsageError) -> String {
        guard let word = words.first, word.utf8.first != UInt8(ascii: "-") || isSame(word, "-") else {
            throw command.error("Missing value for '\(option.synopsis)'", about: option)
        }
        words.removeFirst()
        return word
    }

    private mutating func record(_ option: OptionSpec, _ value: String) throws(UsageError) {
        if !option.isRepeating, command.isGiven(option) {
            throw command.error("The option '--\(option.name)' may be given only once", about: option)
        }
        try command.record(option, value)
    }

    private func takesNoValue(_ name: String, _ value: String) -> UsageError {
        command.error("The option '\(name)' does not take any value, but '\(printable(value))' was specified.")
    }

    private func unknownOption(_ name: String) -> UsageError {
        var known = command.spec.options.map { "--\($0.name)" } + ["--help"]
        if root.version != nil { known.append("--version") }
        // A single letter is close to everything.
        let isLetter = !name.utf8.starts(with: "--".utf8) && name.utf8.count == 2
        return unknown("option", name, known: isLetter ? [] : known)
    }

    private mutating func unknownSubcommand(_ word: String) -> UsageError {
        subcommandIsUnknown = true
        return unknown("subcommand", word, known: command.spec.subcommands.map(\.name))
    }

    private func unknown(_ kind: String, _ word: String, known: [String]) -> UsageError {
        let question = Suggestion.sentence(for: word, among: known, limit: 1).map { ". \($0)" } ?? ""
        return command.error("Unknown \(kind) '\(printable(word))'\(question)")
    }
}
