extension CommandSpec {
    /// The mistakes in this command and its subcommands, in plain words.
    package var defects: [String] { defects(at: [name]) }

    private func defects(at path: [String]) -> [String] {
        let place = path.joined(separator: " ")
        var found = [String]()
        for name in repeated(subcommands.map(\.name)) { found.append("\(place): two subcommands '\(name)'") }
        for name in repeated(options.map(\.name)) { found.append("\(place): two options '--\(name)'") }
        for name in repeated(arguments.map(\.name)) { found.append("\(place): two arguments '<\(name)>'") }
        for letter in repeated(options.compactMap { $0.short.map(String.init) }) {
            found.append("\(place): two options '-\(letter)'")
        }
        for option in options {
            if option.name == "help" || option.name == "version" || option.short == "h" {
                found.append("\(place): '--\(option.name)' is reserved for the parser")
            }
            let letters = option.name + (option.short.map(String.init) ?? "")
            if !Self.isPlain(letters) || option.name.utf8.count < 2 || option.name.hasPrefix("-") {
                found.append("\(place): '--\(option.name)' is not an option name")
            }
        }
        for command in subcommands where !Self.isPlain(command.name) {
            found.append("\(place): '\(command.name)' is not a command name")
        }
        if arguments.dropLast().contains(where: \.isRepeating) {
            found.append("\(place): an argument follows one that takes every word")
        }
        for (before, after) in zip(arguments, arguments.dropFirst()) where !before.isRequired && after.isRequired {
            found.append("\(place): '<\(after.name)>' is required after the optional '<\(before.name)>'")
        }
        if path.count == 1, subcommand(named: "help") != nil {
            found.append("\(place): 'help' is reserved for the parser")
        }
        return found + subcommands.flatMap { $0.defects(at: path + [$0.name]) }
    }

    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-")
            }
    }

    private func repeated(_ names: [String]) -> [String] {
        names.indices.filter { names[..<$0].contains(names[$0]) }.map { names[$0] }
    }
}
