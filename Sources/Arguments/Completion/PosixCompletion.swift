/// The part of the scripts for bash and zsh that knows the tool, in the syntax that both read alike.
///
/// Each shell adds three functions that offer something (`…_offer word…`, `…_describe word text…`, `…_files [-d]`), and
/// what fills `before` (the whole words after the tool's name) and `current` (the word at the cursor).
struct PosixCompletion {
    /// The name of the main function; the helpers are called `__<tool>_…`.
    let function: String
    private let places: [CompletionPlace]
    private let helper: String

    init(tool: String, places: [CompletionPlace]) {
        let name = String(tool.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        function = "_\(name)"
        helper = "__\(name)"
        self.places = places
    }

    /// The helpers written for one shell, with `@@` in place of their common prefix.
    func named(_ text: String) -> String {
        text.split(separator: "@@", omittingEmptySubsequences: false).joined(separator: helper)
    }

    /// Walks over `before` and then offers what fits at the cursor.
    var body: [String] {
        var lines = [
            "    for word in \"${before[@]}\"; do",
            "        if [[ -n $pending ]]; then",
            "            pending=''",
            "            continue",
            "        fi",
            "        if [[ $word == -- ]]; then",
            "            after=1",
            "            break",
            "        fi",
            "        case \"$place:$word\" in",
        ]
        for place in places {
            for (name, _) in place.subcommands {
                lines.append(
                    "            \(quoted("\(place.path):\(name)"))) place=\(quoted("\(place.path) \(name)")) ;;")
            }
            let names = place.options.filter { $0.value != nil }.flatMap(\.names)
            guard !names.isEmpty else { continue }
            let patterns = names.map { quoted("\(place.path):\($0)") }.joined(separator: " | ")
            lines.append("            \(patterns)) pending=$word ;;")
        }
        lines += [
            "            *) [[ $word == -?* ]] || position=$((position + 1)) ;;",
            "        esac",
            "    done",
            "",
            "    if [[ $after == 1 ]]; then",
        ]
        let takers = places.filter(\.takesCommand).map { quoted($0.path) }
        if takers.isEmpty {
            lines.append("        :")
        } else {
            lines.append("        case \"$place\" in")
            lines += ["            \(takers.joined(separator: " | "))) \(helper)_files; return ;;", "        esac"]
        }
        lines += [
            "    elif [[ -n $pending ]]; then",
            "        \(helper)_value \"$pending\"",
            "        return",
            "    elif [[ $current == --*=* ]]; then",
            "        pending=${current%%=*}",
            "        \(helper)_after_equals",
            "        \(helper)_value \"$pending\"",
            "        return",
            "    elif [[ $current == -* ]]; then",
            "        case \"$place\" in",
        ]
        for place in places where !place.options.isEmpty {
            let pairs = place.options.map { "\(quoted("--\($0.long)")) \(quoted($0.help))" }
            lines.append("            \(quoted(place.path))) \(helper)_describe \(pairs.joined(separator: " ")) ;;")
        }
        lines += ["        esac", "        return", "    fi", "    case \"$place:$position\" in"]
        for place in places { lines += positions(place) }
        return lines + ["    esac"]
    }

    /// A function that offers the values of the option `$1` at `$place`.
    var valueFunction: [String] {
        var lines = ["\(helper)_value() {", "    case \"$place:$1\" in"]
        for place in places {
            for option in place.options {
                guard let value = option.value, let action = action(value) else { continue }
                let patterns = option.names.map { quoted("\(place.path):\($0)") }.joined(separator: " | ")
                lines.append("        \(patterns)) \(action) ;;")
            }
        }
        return lines + ["        *) ;;", "    esac", "}"]
    }

    private func positions(_ place: CompletionPlace) -> [String] {
        var lines = [String]()
        if !place.subcommands.isEmpty {
            let pairs = place.subcommands.map { "\(quoted($0.name)) \(quoted($0.help))" }.joined(separator: " ")
            var actions = ["\(helper)_describe \(pairs)"]
            if let first = place.arguments.first.flatMap({ action($0.offer) }) { actions.append(first) }
            lines.append("        \(quoted("\(place.path):0"))) \(actions.joined(separator: "; ")) ;;")
        }
        for (index, argument) in place.arguments.enumerated() {
            guard let action = action(argument.offer) else { continue }
            let pattern =
                argument.isRepeating ? quoted("\(place.path):") + "*" : quoted("\(place.path):\(index)")
            lines.append("        \(pattern)) \(action) ;;")
        }
        return lines
    }

    private func action(_ offer: CompletionPlace.Offer) -> String? {
        switch offer {
        case .nothing: nil
        case .files: "\(helper)_files"
        case .directories: "\(helper)_files -d"
        case .only(let words): "\(helper)_offer \(words.map(quoted).joined(separator: " "))"
        case .wordsOrFiles(let words):
            "\(helper)_offer \(words.map(quoted).joined(separator: " ")) || \(helper)_files"
        }
    }

    /// A word that the shell takes as it is.
    private func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
