internal import Arguments
internal import Harness
internal import Transport

/// A URL or a command that returns something, as written in an option.
enum SourceChoice: Sendable {
    case url(TargetURL, pointer: String)
    case command(String)
}

extension ValueForm<SourceChoice> {
    /// `URL#/pointer` or `exec:COMMAND`.
    static let observer = ValueForm { text throws(InvalidValue) in
        if text.hasPrefix("exec:") { return .command(String(text.dropFirst(5))) }
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw InvalidValue(
                "Write URL#/pointer, such as http://127.0.0.1:8080/effects#/count, or exec:COMMAND.",
                isShown: !text.contains("@"))
        }
        guard parts[1].isEmpty || parts[1].hasPrefix("/") else {
            throw InvalidValue("After # comes a JSON pointer, such as /count.")
        }
        return .url(try ValueForm<TargetURL>.url.read(parts[0]), pointer: parts[1])
    }
}

/// How the secret is replaced, as written in an option.
enum RotationChoice: Sendable {
    case url(TargetURL, pointer: String)
    case command(String)
    case prompt
}

extension ValueForm<RotationChoice> {
    /// `URL#/pointer`, `exec:COMMAND` or `prompt`.
    static let rotation = ValueForm { text throws(InvalidValue) in
        if text == "prompt" { return .prompt }
        return switch try ValueForm<SourceChoice>.observer.read(text) {
        case .url(let url, let pointer): .url(url, pointer: pointer)
        case .command(let command): .command(command)
        }
    }
}

extension ValueForm<String> {
    /// `exec:COMMAND`.
    static let command = ValueForm { text throws(InvalidValue) in
        guard text.hasPrefix("exec:"), text.utf8.count > 5 else {
            throw InvalidValue("Write exec:COMMAND, such as 'exec:systemctl restart hooks'.")
        }
        return String(text.dropFirst(5))
    }
}
