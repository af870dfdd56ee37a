internal import Arguments
internal import Bytes
internal import Platform
internal import Synchronization

/// Where a secret is. The value itself is rejected: it would appear in the process list and the shell's history.
enum SecretSource: Sendable {
    case published
    case standardInput
    case environment(String)
    case file(String)

    /// The accepted forms, for the help.
    static let forms =
        "env:NAME, file:PATH, - for standard input, or 'published' for the one in the vectors; at most 64 KiB. Never "
        + "give the value itself"

    static let completion = Completion.values(["env:", "file:", "-", "published"])

    private static let mostBytes = 65_536

    /// The environment variables that secrets were read from.
    static var variablesRead: Set<String> { variables.withLock { $0 } }

    private static let variables = Mutex<Set<String>>([])

    init?(_ text: String) {
        if text == "published" {
            self = .published
        } else if text == "-" {
            self = .standardInput
        } else if text.hasPrefix("env:") {
            self = .environment(String(text.dropFirst(4)))
        } else if text.hasPrefix("file:") {
            self = .file(String(text.dropFirst(5)))
        } else {
            return nil
        }
    }

    /// Reads the value, without the trailing newline that editors and echo add.
    ///
    /// - Parameters:
    ///   - published: the value that `published` names.
    ///   - option: how the option is written, for the error.
    func read(published: [UInt8], for option: String) throws -> [UInt8] {
        var text: [UInt8]
        switch self {
        case .published: return published
        case .standardInput: text = try Files.readStandardInput()
        case .environment(let name):
            guard let value = CurrentProcess.environment(name) else {
                throw CommandError.input("the environment variable '\(printable(name))' of \(option) is not set")
            }
            Self.variables.withLock { _ = $0.insert(name) }
            text = Array(value.utf8)
        case .file(let path): text = try Files.read(path, as: "secret file")
        }
        if text.last == 0x0A { text.removeLast() }
        if text.last == 0x0D { text.removeLast() }
        guard !text.isEmpty else { throw CommandError.input("the value of \(option) is empty") }
        guard text.count <= Self.mostBytes else {
            throw CommandError.input("the value of \(option) has more than 64 KiB")
        }
        return text
    }
}

extension ValueForm<SecretSource> {
    static let secretSource = ValueForm { text throws(InvalidValue) in
        guard let source = SecretSource(text) else {
            throw InvalidValue(
                "Say where it is, never the value itself: env:NAME, file:PATH, or - for standard input.",
                isShown: false)
        }
        return source
    }
}
