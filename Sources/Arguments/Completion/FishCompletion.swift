/// The completion script for fish.
enum FishCompletion {
    static func script(tool: String, places: [CompletionPlace]) -> String {
        let function = "__\(String(tool.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }))_place"
        var lines = ["# fish completion for \(tool)", ""] + placeFunction(function, tool, places)
        lines += ["", "complete -c \(tool) -f"]
        for place in places {
            let condition = "test (\(function)) = \(quoted(place.path))"
            let start = "complete -c \(tool) -n \(quoted(condition))"
            for (name, help) in place.subcommands { lines.append("\(start) -a \(list([name])) -d \(quoted(help))") }
            for option in place.options {
                let short = option.short.map { " -s \($0)" } ?? ""
                let value = option.value.map { " " + takes($0) } ?? ""
                lines.append("\(start) -l \(option.long)\(short)\(value) -d \(quoted(option.help))")
            }
            // Fish does not say which argument the cursor is at, so those of all arguments are offered together.
            for argument in place.arguments {
                switch argument.offer {
                case .nothing: break
                case .files: lines.append("\(start) -F")
                case .directories: lines.append("\(start) -a '(__fish_complete_directories)'")
                case .only(let words): lines.append("\(start) -a \(list(words))")
                case .wordsOrFiles(let words): lines.append("\(start) -F -a \(list(words))")
                }
            }
            if place.takesCommand { lines.append("\(start) -F") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func placeFunction(_ name: String, _ tool: String, _ places: [CompletionPlace]) -> [String] {
        var lines = [
            "function \(name)",
            "    set -l place \(quoted(tool))",
            "    set -l pending 0",
            "    set -l before (commandline -opc)",
            "    set -e before[1]",
            "    for word in $before",
            "        if test $pending = 1",
            "            set pending 0",
            "            continue",
            "        end",
            "        switch \"$place:$word\"",
        ]
        for place in places {
            for (name, _) in place.subcommands {
                lines.append("            case \(quoted("\(place.path):\(name)"))")
                lines.append("                set place \(quoted("\(place.path) \(name)"))")
            }
            let names = place.options.filter { $0.value != nil }.flatMap(\.names)
            guard !names.isEmpty else { continue }
            lines.append("            case " + names.map { quoted("\(place.path):\($0)") }.joined(separator: " "))
            lines.append("                set pending 1")
        }
        return lines + ["        end", "    end", "    echo $place", "end"]
    }

    private static func takes(_ offer: CompletionPlace.Offer) -> String {
        switch offer {
        case .nothing: "-x"
        case .files: "-r -F"
        case .directories: "-x -a '(__fish_complete_directories)'"
        case .only(let words): "-x -a \(list(words))"
        case .wordsOrFiles(let words): "-r -F -a \(list(words))"
        }
    }

    /// A word that fish takes as it is.
    private static func quoted(_ text: String) -> String {
        var out = "'"
        for character in text {
            if character == "'" || character == "\\" { out += "\\" }
            out.append(character)
        }
        return out + "'"
    }

    /// Candidates for `-a`, which expands its words once more when it is used.
    private static func list(_ words: [String]) -> String {
        let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@%+=,")
        let escaped = words.map { word in word.map { plain.contains($0) ? "\($0)" : "\\\($0)" }.joined() }
        return quoted(escaped.joined(separator: " "))
    }
}
