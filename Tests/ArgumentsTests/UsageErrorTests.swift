import Arguments
import Bytes
import Testing

@Suite("Usage errors")
struct UsageErrorTests {
    @Test("writes the whole text")
    func wholeText() {
        #expect(
            Fixture.error(["run", "--jobs"]) == """
                Error: Missing value for '--jobs <n>'
                Help:  --jobs <n>  How many cases run at once.
                Usage: countersign run [<url>] --scheme <name> [options] [-- <command> ...]
                  See 'countersign run --help' for more information.
                """)
        #expect(
            Fixture.error(["schemes", "show", "slack", "--jsn"]) == """
                Error: Unknown option '--jsn'. Did you mean '--json'?
                Usage: countersign schemes show <scheme> [--json]
                  See 'countersign schemes show --help' for more information.
                """)
        #expect(
            Fixture.error(["scheme"]) == """
                Error: Unknown subcommand 'scheme'. Did you mean 'schemes'?
                Usage: countersign [<subcommand>]
                  See 'countersign --help' for more information.
                """)
        #expect(
            Fixture.error(["merge"]) == """
                Error: Missing expected argument '<format>'
                Help:  <format>  The format.
                Usage: countersign merge <format> <report> ...
                  See 'countersign merge --help' for more information.
                """)
    }

    @Test(
        "says what is wrong",
        arguments: [
            (["run", "--x"], "Unknown option '--x'"),
            (["run", "--schmee", "s"], "Unknown option '--schmee'. Did you mean '--scheme'?"),
            (["run", "--time", "2"], "Unknown option '--time'. Did you mean '--timeout'?"),
            (["--versoin"], "Unknown option '--versoin'. Did you mean '--version'?"),
            (["run", "-scheme", "s"], "Unknown option '-scheme'. Did you mean '--scheme'?"),
            (["run", "-qx"], "Unknown option '-x'"), (["run", "-x"], "Unknown option '-x'"),
            (["run", "-5"], "Unknown option '-5'"), (["run", "--zzzzzzzzz=1"], "Unknown option '--zzzzzzzzz'"),
            (["run", "--secret", "--quiet"], "Missing value for '--secret <source>'"),
            (["run", "-j"], "Missing value for '--jobs <n>'"), (["run", "-j", "-4"], "Missing value for '--jobs <n>'"),
            (["run", "--secret", "--", "x"], "Missing value for '--secret <source>'"),
            (["run", "u"], "Missing expected argument '--scheme <name>'"),
            (["merge", "json"], "Missing expected argument '<report>'"),
            (
                ["merge", "xml", "r"],
                "The value 'xml' is invalid for '<format>'. Please provide one of 'json' or 'html'."
            ),
            (["schemes", "show"], "Missing expected argument '<scheme>'"),
            (
                ["run", "--level", "q"],
                "The value 'q' is invalid for '--level <level>'. Please provide one of 'must', 'should' or 'all'."
            ),
            (["schemes", "show", "a", "b"], "Unexpected argument 'b'"),
            (["schemes", "show", "a", "b", "c"], "2 unexpected arguments: 'b', 'c'"),
            (["run", "--quiet=1"], "The option '--quiet' does not take any value, but '1' was specified."),
            (
                ["run", "-j", "many"],
                "The value 'many' is invalid for '--jobs <n>'. Please provide a whole number between -1 and 64."
            ),
            (["run", "-q=1"], "The option '-q' does not take any value, but '1' was specified."),
            (["--version=2"], "The option '--version' does not take any value, but '2' was specified."),
            (["run", "--jobs", "1", "-j2"], "The option '--jobs' may be given only once"),
            (["run", "-qq"], "The option '--quiet' may be given only once"),
            (["rnu"], "Unknown subcommand 'rnu'. Did you mean 'run'?"),
            (["xyzxyz", "--help"], "Unknown subcommand 'xyzxyz'"),
            (["schemes", "shwo"], "Unknown subcommand 'shwo'. Did you mean 'show'?"),
            (["help", "rum"], "Unknown subcommand 'rum'. Did you mean 'run'?"),
            (["help", "run", "x"], "Unknown subcommand 'x'"), (["help", "help"], "Unknown subcommand 'help'"),
            (["run", "--\u{1B}[2J"], "Unknown option '--\\u{1B}[2J'"), (["a\nb"], "Unknown subcommand 'a\\nb'"),
        ] as [([String], String)])
    func message(arguments: [String], message: String) {
        let text = Fixture.error(arguments) ?? "no error"
        #expect(text.split(separator: "\n").first.map(String.init) == "Error: \(message)")
    }

    @Test("lists six values and more one by one")
    func bulletList() {
        #expect(
            Fixture.error(["run", "--shell", "x"])?.hasPrefix(
                """
                Error: The value 'x' is invalid for '--shell <shell>'. Please provide one of the following:
                  - a
                  - b
                  - c
                  - d
                  - e
                  - f
                Usage:
                """) == true)
    }

    @Test(
        "escapes what a terminal obeys or hides",
        arguments: [
            ("plain é 日本 💥 \\ '", "plain é 日本 💥 \\ '"), ("\u{1B}[0m", "\\u{1B}[0m"), ("a\tb\r\n", "a\\tb\\r\\n"),
            ("\u{7F}\u{9B}", "\\u{7F}\\u{9B}"), ("\u{202E}\u{200B}\u{FEFF}", "\\u{202E}\\u{200B}\\u{FEFF}"),
            ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"), ("\u{0}", "\\u{0}"),
        ])
    func escapes(text: String, expected: String) { #expect(printable(text) == expected) }
}
