import Arguments
import Foundation
import Testing

@Suite("Completion scripts")
struct CompletionScriptTests {
    /// What a tool printed, and whether it ended well.
    private func execute(_ tool: String, _ arguments: [String], in directory: URL? = nil) throws -> (String, Int32) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: tool)
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: data, as: UTF8.self), process.terminationStatus)
    }

    private static func find(_ tool: String) -> String? {
        ["/bin/", "/usr/bin/", "/usr/local/bin/"].map { $0 + tool }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    /// Runs the script in bash as Tab would, the cursor at the end of the line.
    ///
    /// - Parameter words: the words as bash cuts them, at `=` and `:` too.
    private func complete(_ line: String, words: [String], breaks: String = "=:") throws -> [String] {
        let directory = FileManager.default.temporaryDirectory.appending(path: "completion-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: directory.appending(path: "reports"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try Data().write(to: directory.appending(path: "report one.json"))
        let script = directory.appending(path: ".script")
        try Data(CompletionScript.generate(root: Fixture.root, shell: .bash).utf8).write(to: script)
        let driver = """
            source .script || exit 9
            COMP_WORDBREAKS=$' \\t\\n'"$1" COMP_LINE=$2; shift 2
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
            complete -p countersign >/dev/null || exit 8
            _countersign
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let bash = try #require(Self.find("bash"))
        let (output, status) = try execute(
            bash, ["--norc", "--noprofile", "-c", driver, "bash", breaks, line] + words, in: directory)
        #expect(status == 0, "\(output)")
        return output.split(separator: "\n").map(String.init)
    }

    private static let runOptions = [
        "--scheme", "--secret", "--level", "--only", "--shell", "--jobs", "--timeout", "--out", "--json", "--adapter",
        "--quiet", "--dry-run", "--help",
    ]

    @Test(
        "bash offers what fits at the cursor", .enabled(if: find("bash") != nil, "bash is not installed"),
        arguments: [
            ("", ["run", "schemes", "vectors", "merge", "later", "help"]), ("sch", ["schemes"]), ("schemes ", ["show"]),
            ("help ", ["run", "schemes", "vectors", "merge", "later"]), ("help schemes ", ["show"]),
            ("help run --", []),
            ("-", ["--version", "--help"]), ("run --", runOptions), ("run --s", ["--scheme", "--secret", "--shell"]),
            ("run --level ", ["must", "should", "all"]), ("run --level m", ["must"]), ("run --level x", []),
            ("run --scheme s", ["scaiwave", "slack", "stripe"]), ("run --scheme rep", ["report one.json", "reports"]),
            ("run --json rep", ["report one.json", "reports"]), ("run --out rep", ["reports"]),
            ("run --jobs 4 --quiet --le", ["--level"]), ("run --level --level m", []), ("run ", []),
            ("run --only ", []),
            ("run --adapter -- rep", ["report one.json", "reports"]), ("schemes show ", ["slack", "stripe"]),
            ("merge ", ["json", "html"]), ("merge json rep", ["report one.json", "reports"]),
            ("merge json a b rep", ["report one.json", "reports"]), ("vectors g", ["generate"]),
            ("run --secret ", ["env:", "vault:kv", "vault:pki", "-"]),
        ] as [(String, [String])])
    func bash(line: String, expected: [String]) throws {
        let words = ["countersign"] + line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        #expect(try complete("countersign \(line)", words: words).sorted() == expected.sorted())
    }

    @Test("bash completes words that it cut at = and :", .enabled(if: find("bash") != nil, "bash is not installed"))
    func wordBreaks() throws {
        let tool = "countersign"
        #expect(try complete("\(tool) run --level=m", words: [tool, "run", "--level", "=", "m"]) == ["must"])
        #expect(
            try complete("\(tool) run --level=", words: [tool, "run", "--level", "="]) == ["must", "should", "all"])
        #expect(
            try complete("\(tool) run --level=m", words: [tool, "run", "--level=m"], breaks: "") == ["--level=must"])
        #expect(
            try complete(
                "\(tool) run http://a:1 --level m", words: [tool, "run", "http", ":", "//a", ":", "1", "--level", "m"])
                == ["must"])
        #expect(
            try complete("\(tool) run --secret vault:k", words: [tool, "run", "--secret", "vault", ":", "k"]) == ["kv"])
        #expect(
            try complete("\(tool) run --secret vault:", words: [tool, "run", "--secret", "vault", ":"])
                == ["kv", "pki"])
        #expect(try complete("\(tool) run a: --level m", words: [tool, "run", "a", ":", "--level", "m"]) == ["must"])
        #expect(try complete("\(tool) run --secret en", words: [tool, "run", "--secret", "en"]) == ["env:"])
        #expect(
            try complete("\(tool) run --level=all --sc", words: [tool, "run", "--level", "=", "all", "--sc"])
                == ["--scheme"])
    }

    private enum Nasty: String, CaseIterable {
        case command = "$(echo owned)"
        case quote = "it's"
    }

    @Test("bash takes no word of the specification for a command", .enabled(if: find("bash") != nil))
    func quoting() throws {
        let root = CommandSpec(
            "t-x", abstract: "It's `echo owned` $(echo owned)",
            options: [
                Option("n1", value: "v", .choice(Nasty.allCases), default: .quote, help: "'; echo owned; '")
            ])
        let script = CompletionScript.generate(root: root, shell: .bash)
        let driver =
            script
            + "\nCOMP_LINE='t-x --n1 ' COMP_WORDS=(t-x --n1 '') COMP_CWORD=2; _t_x\nprintf '%s\\n' \"${COMPREPLY[@]}\""
        let (output, status) = try execute(try #require(Self.find("bash")), ["--norc", "-c", driver])
        #expect(status == 0)
        #expect(output == "$(echo owned)\nit's\n")
    }

    @Test(
        "other shells read their script", .enabled(if: find("zsh") != nil || find("fish") != nil, "no zsh, no fish"),
        arguments: [Shell.zsh, .fish].filter { find($0.rawValue) != nil })
    func syntax(shell: Shell) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "completion-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(CompletionScript.generate(root: Fixture.root, shell: shell).utf8).write(to: file)
        let (output, status) = try execute(try #require(Self.find(shell.rawValue)), ["-n", file.path()])
        #expect(status == 0, "\(output)")
    }

    @Test("every script names every option, subcommand and allowed value", arguments: Shell.allCases)
    func isComplete(shell: Shell) {
        let script = CompletionScript.generate(root: Fixture.root, shell: shell)
        let words = ["run", "schemes", "show", "vectors", "generate", "merge", "must", "stripe"]
        for word in words + Self.runOptions.map({ String($0.dropFirst(2)) }) {
            #expect(script.contains(word), "\(word)")
        }
        #expect(script.last == "\n")
    }
}
