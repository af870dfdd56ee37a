internal import Arguments
internal import Bytes
internal import Platform
internal import ReportModel
internal import Reporting
internal import Schemes
internal import Transport

/// `countersign init`: the files that a project needs to be certified in CI.
enum InitCommand: Command {
    private static let url = Option<TargetURL?>(
        "url", value: "url", .url, help: "The endpoint as the CI job reaches it, such as http://127.0.0.1:8080/hook.")

    private static let variable = Option(
        "secret-variable", value: "name", .variableName, default: "COUNTERSIGN_SECRET",
        help: "The environment variable that will hold the secret.")

    private static let ci = Option<CISystem?>(
        "ci", value: "system", .choice(CISystem.allCases), help: "The CI system to write a job for.")

    private static let force = Option(flag: "force", help: "Replace files that exist.")

    static let spec = CommandSpec(
        "init", abstract: "Writes countersign.json and a CI job.",
        discussion: "Asks for what is not given if there is a terminal.",
        options: [url, SharedOptions.anyScheme, variable, ci, force],
        examples: [
            .init("countersign init", "answer three questions"),
            .init("countersign init --url http://127.0.0.1:8080/hook --scheme slack --ci github", "in a script"),
        ])

    static func run(_ parsed: ParsedCommand) throws -> ExitStatus {
        let url = try parsed[url] ?? ask(parsed, for: Self.url, "URL of the endpoint: ", .url)
        let scheme =
            try parsed[SharedOptions.anyScheme]
            ?? ask(
                parsed, for: SharedOptions.anyScheme, "Scheme (\(SchemeLibrary.names.joined(separator: ", "))): ", .text
            )
        _ = try SchemeInput.scheme(named: scheme, parsed)
        let system =
            try parsed[ci] ?? ask(parsed, for: ci, "CI system (github, gitlab or none): ", .choice(CISystem.allCases))
        let variable = try parsed[variable]
        var files = [(path: ConfigurationFile.name, text: configuration(url, scheme, variable))]
        if let job = system.job(variable: variable) { files.append(job) }
        for file in files where try Files.exists(file.path) && !parsed[force] {
            throw CommandError.input("'\(file.path)' exists: --force replaces it")
        }
        var statuses = [ExitStatus]()
        for file in files {
            if let slash = file.path.lastIndex(of: "/") { try Files.makeFolder(String(file.path[..<slash])) }
            statuses.append(ReportOutputs.write(Array(file.text.utf8), to: file.path))
            Console.out("wrote \(file.path)")
        }
        Console.out("Next: put the secret into \(variable), start the endpoint, and run 'countersign run'.")
        return .combined(statuses)
    }

    private static func ask<Value, Result>(
        _ parsed: ParsedCommand, for option: Option<Result>, _ question: String, _ form: ValueForm<Value>
    ) throws -> Value {
        guard Console.inIsTerminal, Console.errIsTerminal else { throw parsed.missing(option.spec) }
        for _ in 0..<3 {
            guard let answer = Terminal.ask(question) else { break }
            do throws(InvalidValue) {
                return try form.read(answer)
            } catch {
                Console.err(error.advice)
            }
        }
        throw parsed.missing(option.spec)
    }

    private static func configuration(_ url: TargetURL, _ scheme: String, _ variable: String) -> String {
        let allow = url.isLoopback ? "" : "  \"allow\": [\(quoted(url.host))],\n"
        return """
            {
              // What 'countersign run' tests in this folder. Any of its options can be set here under its own name.
              "url": \(quoted(url.description)),
            \(allow)  "scheme": \(quoted(scheme)),
              // The secret is read from this variable, and appears in no output.
              "secret": "env:\(variable)"
            }

            """
    }

    private static func quoted(_ text: String) -> String {
        String(decoding: JSON.string(text).serialized(), as: UTF8.self)
    }
}

/// A CI system that `init` writes a job for.
enum CISystem: String, Sendable, CaseIterable {
    case github, gitlab, none

    /// Returns the path and the text of a job; `nil` for no system.
    func job(variable: String) -> (path: String, text: String)? {
        switch self {
        case .none: nil
        case .github:
            (
                ".github/workflows/countersign.yml",
                """
                name: countersign
                on: [push]

                permissions:
                  contents: read

                jobs:
                  countersign:
                    runs-on: ubuntu-latest
                    env:
                      \(variable): ${{ secrets.\(variable) }}
                    steps:
                      - uses: actions/checkout@v5
                      # Start the endpoint here, in the background, on the URL that countersign.json names.
                      - run: countersign run --out countersign
                      - if: ${{ !cancelled() }}
                        uses: actions/upload-artifact@v4
                        with:
                          name: countersign
                          path: countersign

                """
            )
        case .gitlab:
            (
                ".gitlab/countersign.yml",
                """
                # Include this from .gitlab-ci.yml, and set \(variable) as a masked variable.
                countersign:
                  script:
                    # Start the endpoint here, in the background, on the URL that countersign.json names.
                    - countersign run --out countersign
                  artifacts:
                    when: always
                    paths: [countersign]
                    reports:
                      junit: countersign/junit.xml

                """
            )
        }
    }
}

extension ValueForm<String> {
    /// The name of an environment variable.
    static let variableName = ValueForm { text throws(InvalidValue) in
        let bytes = Array(text.utf8)
        guard let first = bytes.first, !ASCII.isDigit(first),
            bytes.allSatisfy({ ASCII.isDigit($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: "_") })
        else { throw InvalidValue("Write letters, digits and '_', such as COUNTERSIGN_SECRET.") }
        return text
    }
}
