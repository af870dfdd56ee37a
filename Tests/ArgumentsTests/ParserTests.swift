import Arguments
import Bytes
import Testing

@Suite("Parser")
struct ParserTests {
    @Test("the example has no defects, and a poor one has each of them")
    func defects() {
        #expect(Fixture.root.defects.isEmpty)
        let poor = CommandSpec(
            "t", abstract: "",
            arguments: [
                ArgumentSpec("a", help: "", isRequired: false, isRepeating: true), ArgumentSpec("a", help: ""),
            ],
            options: [
                OptionSpec(flag: "help", short: "x", help: ""), OptionSpec(flag: "Up", short: "x", help: ""),
                OptionSpec(flag: "help", help: ""),
            ],
            subcommands: [
                CommandSpec("help", abstract: ""), CommandSpec("B", abstract: ""), CommandSpec("B", abstract: ""),
            ])
        #expect(
            poor.defects == [
                "t: two subcommands 'B'", "t: two options '--help'", "t: two arguments '<a>'", "t: two options '-x'",
                "t: '--help' takes a name that the parser keeps for itself", "t: '--Up' is no option name",
                "t: '--help' takes a name that the parser keeps for itself", "t: 'B' is no command name",
                "t: 'B' is no command name", "t: an argument stands after one that takes every word",
                "t: '<a>' is required after the optional '<a>'",
                "t: 'help' is a command that the parser keeps for itself",
            ])
    }

    @Test(
        "reads a value in every spelling",
        arguments: ["-j 4", "-j4", "-j=4", "--jobs 4", "--jobs=4", "-qj4", "-qj 4", "-nqj=4"])
    func spellings(text: String) throws {
        for line in ["run u --scheme s \(text)", "run \(text) --scheme=s u"] {
            let parsed = try Fixture.parse(line)
            #expect(parsed.value("jobs") == "4")
            #expect(parsed.flag("quiet") == text.contains("q"))
            #expect(parsed.argument("url") == "u")
            #expect(parsed.value("scheme") == "s")
            #expect(parsed.path == ["countersign", "run"])
        }
    }

    @Test("keeps the order of a repeating option, and gives nil or nothing for what is absent")
    func repeating() throws {
        let parsed = try Fixture.parse("run --only b --scheme s --only=a --only c")
        #expect(parsed.values("only") == ["b", "a", "c"])
        #expect(parsed.value("secret") == nil && parsed.values("secret").isEmpty)
        #expect(parsed.argument("url") == nil)
        #expect(!parsed.flag("quiet") && !parsed.isGiven("json"))
    }

    @Test("takes a lone dash, an empty text and what follows an equals sign as values")
    func oddValues() throws {
        #expect(try Fixture.parse("run --scheme s --secret -").value("secret") == "-")
        #expect(try Fixture.parse("run --scheme s --secret=-x=--y").value("secret") == "-x=--y")
        #expect(try Fixture.parse("run --scheme=").value("scheme") == "")
        #expect(try Fixture.parse("run --scheme s -").argument("url") == "-")
        // U+0338 after "=" makes the one character "≠".
        #expect(try Fixture.parse("run --scheme=\u{338}x").value("scheme")?.utf8.elementsEqual("\u{338}x".utf8) == true)
    }

    @Test("keeps a command line after -- as it is, and otherwise takes it for arguments")
    func doubleDash() throws {
        let parsed = try Fixture.parse("run --adapter --scheme s -- ./a --quiet -- -j --help")
        #expect(parsed.afterDoubleDash == ["./a", "--quiet", "--", "-j", "--help"])
        #expect(parsed.flag("adapter") && !parsed.flag("quiet") && parsed.intent == .run)
        #expect(try Fixture.parse("merge json -- --x -h").arguments("report") == ["--x", "-h"])
        #expect(try Fixture.parse("schemes show -- --json").argument("scheme") == "--json")
    }

    @Test(
        "finds the command and what is asked of it",
        arguments: [
            ("", "countersign", .run), ("schemes", "countersign schemes", .run),
            ("schemes show slack", "countersign schemes show", .run),
            ("vectors generate", "countersign vectors generate", .run), ("--help", "countersign", .help),
            ("-h", "countersign", .help), ("help", "countersign", .help), ("help run", "countersign run", .help),
            ("help schemes show", "countersign schemes show", .help), ("run --help", "countersign run", .help),
            ("run --bogus -h", "countersign run", .help), ("run --scheme --help", "countersign run", .help),
            ("run -qh", "countersign run", .help), ("vectors -h", "countersign vectors", .help),
            ("--version", "countersign", .version), ("run --version", "countersign run", .version),
            ("--version --help", "countersign", .help), ("--help --version", "countersign", .help),
        ] as [(String, String, ParsedCommand.Intent)])
    func intent(line: String, path: String, intent: ParsedCommand.Intent) throws {
        let parsed = try Fixture.parse(line)
        #expect(parsed.path.joined(separator: " ") == path)
        #expect(parsed.spec.name == parsed.path.last)
        #expect(parsed.intent == intent)
    }

    @Test("lends an option before a subcommand to it when it declares the same one")
    func optionBeforeSubcommand() throws {
        let child = CommandSpec("b", abstract: "", options: [OptionSpec("x1", value: "v", help: "")])
        let other = CommandSpec("c", abstract: "", options: [OptionSpec(flag: "x1", help: "")])
        let root = CommandSpec(
            "a", abstract: "", options: [OptionSpec("x1", value: "v", help: "")], subcommands: [child, other])
        #expect(try Parser.parse(["--x1", "7", "b"], root: root).value("x1") == "7")
        #expect(throws: UsageError.self) { try Parser.parse(["--x1", "7", "c"], root: root) }
    }

    @Test("stops the program when it asks for what is not declared")
    func undeclared() async {
        await #expect(processExitsWith: .failure) { _ = try Fixture.parse("schemes").value("scheme") }
        await #expect(processExitsWith: .failure) { _ = try Fixture.parse("schemes").argument("scheme") }
        await #expect(processExitsWith: .failure) { _ = try Fixture.parse("run --scheme s").flag("jobs") }
    }

    @Test("random lines are read or refused, and nothing of them reaches the text raw")
    func fuzz() {
        var random = SeededGenerator(seed: 20_250_101)
        let pieces = [
            "run", "schemes", "show", "merge", "help", "vectors", "generate", "--", "-", "--scheme", "--scheme=s", "s",
            "--jobs", "-j", "-j4", "-qn", "--only=", "--only", "x", "json", "-h", "--help", "--version", "--quiet=1",
            "=", "--=", "-=", "---", "", "\u{1B}[31m", "-\u{1B}", "--\u{202E}x", "é", "-é", "\u{301}", "--level=must",
            "-q\u{301}", "-\u{301}", "--\u{301}", "\u{0}", "--adapter", "💥", "-💥", "a\nb", "--a\nb=\r\n",
        ]
        var counts = (read: 0, refused: 0)
        for _ in 0..<20_000 {
            let words = (0..<Int.random(in: 0...7, using: &random)).map { _ in
                (0..<Int.random(in: 1...2, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
                    .joined()
            }
            do {
                let parsed = try Parser.parse(words, root: Fixture.root)
                for argument in parsed.spec.arguments { _ = parsed.arguments(argument.name) }
                #expect(parsed.path.first == "countersign")
                counts.read += 1
            } catch {
                counts.refused += 1
                let controls = error.description.unicodeScalars.filter {
                    $0 != "\n" && [.control, .format].contains($0.properties.generalCategory)
                }
                #expect(controls.isEmpty, "\(words)")
                #expect(error.description.hasPrefix("Error: "))
                #expect(error.description.hasSuffix(" --help' for more information."))
            }
        }
        #expect(counts.read > 500 && counts.refused > 500)
    }
}
