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
                Argument(repeating: "a", .text, help: ""), Argument("a", .text, default: "", help: ""),
                Argument("b", .text, help: ""),
            ],
            options: [
                Option(flag: "help", short: "x", help: ""), Option(flag: "Up", short: "x", help: ""),
                Option(flag: "help", help: ""),
            ],
            subcommands: [
                CommandSpec("help", abstract: ""), CommandSpec("B", abstract: ""), CommandSpec("B", abstract: ""),
            ])
        #expect(
            poor.defects == [
                "t: two subcommands 'B'", "t: two options '--help'", "t: two arguments '<a>'", "t: two options '-x'",
                "t: '--help' is reserved for the parser", "t: '--Up' is not an option name",
                "t: '--help' is reserved for the parser", "t: 'B' is not a command name",
                "t: 'B' is not a command name", "t: an argument follows one that takes every word",
                "t: '<b>' is required after the optional '<a>'",
                "t: 'help' is reserved for the parser",
            ])
    }

    @Test(
        "reads a value in every spelling",
        arguments: ["-j 4", "-j4", "-j=4", "--jobs 4", "--jobs=4", "-qj4", "-qj 4", "-nqj=4"])
    func spellings(text: String) throws {
        for line in ["run u --scheme s \(text)", "run \(text) --scheme=s u"] {
            let parsed = try Fixture.parse(line)
            #expect(try parsed[Fixture.jobs] == 4)
            #expect(try parsed[Fixture.quiet] == text.contains("q"))
            #expect(try parsed[Fixture.url] == "u")
            #expect(try parsed[Fixture.scheme] == "s")
            #expect(parsed.path == ["countersign", "run"])
        }
    }

    @Test("keeps the order of a repeating option")
    func repeating() throws {
        let parsed = try Fixture.parse("run --only b --scheme s --only=a --only c")
        #expect(try parsed[Fixture.only] == ["b", "a", "c"])
        #expect(parsed.isGiven(Fixture.only) && !parsed.isGiven(Fixture.json))
    }

    @Test("accepts a lone dash, an empty text and the text after an equals sign as values")
    func oddValues() throws {
        #expect(try Fixture.parse("run --scheme s --secret -")[Fixture.secret] == "-")
        #expect(try Fixture.parse("run --scheme s --secret=-x=--y")[Fixture.secret] == "-x=--y")
        #expect(try Fixture.parse("run --scheme=")[Fixture.scheme] == "")
        #expect(try Fixture.parse("run --scheme s -")[Fixture.url] == "-")
        // U+0338 after "=" makes the one character "≠".
        #expect(try Fixture.parse("run --scheme=\u{338}x")[Fixture.scheme].utf8.elementsEqual("\u{338}x".utf8))
    }

    @Test("keeps a command line after -- as it is, and otherwise takes it for arguments")
    func doubleDash() throws {
        let parsed = try Fixture.parse("run --adapter --scheme s -- ./a --quiet -- -j --help")
        #expect(parsed.afterDoubleDash == ["./a", "--quiet", "--", "-j", "--help"])
        #expect(try parsed[Fixture.adapter] && !parsed[Fixture.quiet] && parsed.intent == .run)
        #expect(try Fixture.parse("merge json -- --x -h")[Fixture.reports] == ["--x", "-h"])
        #expect(try Fixture.parse("schemes show -- --json")[Fixture.shown] == "--json")
    }

    @Test(
        "finds the command and what is asked of it",
        arguments: [
            ("", "countersign", .run), ("schemes", "countersign schemes", .run),
            ("schemes show slack", "countersign schemes show", .run),
            ("vectors", "countersign vectors", .run),
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
        let option = Option(required: "x1", value: "v", .text, help: "")
        let child = CommandSpec("b", abstract: "", options: [option])
        let other = CommandSpec("c", abstract: "", options: [Option(flag: "x1", help: "")])
        let root = CommandSpec("a", abstract: "", options: [option], subcommands: [child, other])
        #expect(try Parser.parse(["--x1", "7", "b"], root: root)[option] == "7")
        #expect(throws: UsageError.self) { try Parser.parse(["--x1", "7", "c"], root: root) }
    }

    @Test("random lines are parsed or rejected, and never reach the output unescaped")
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
                if parsed.path.last == "run", parsed.intent == .run { _ = try parsed[Fixture.scheme] }
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
