import Arguments
import Testing

@Suite("Help")
struct HelpTextTests {
    @Test("writes the whole help of a command")
    func command() {
        #expect(
            HelpText.render(Fixture.run, path: ["countersign", "run"]) == """
                OVERVIEW: Test an endpoint against a scheme.

                Each probe is scored beside its own control.

                Without a terminal nothing is asked.

                USAGE: countersign run [<url>] --scheme <name> [options] [-- <command> ...]

                ARGUMENTS:
                  <url>                   The endpoint. (default: http://127.0.0.1)

                REQUIRED OPTIONS:
                  --scheme <name>         The signature scheme, or a file that defines one.

                OPTIONS:
                  --secret <source>       Where the secret is.
                  --out <directory>       Where reports go.
                  --json <file>           Write JSON.
                  --adapter               Test a command instead.
                  -q, --quiet             Say less.
                  -n, --dry-run           Send nothing.
                  -h, --help              Show help information.

                SELECTION:
                  --level <level>         Which cases run. (values: must, should, all; default:
                                          should)
                  --only <glob>           Run these cases only.
                  --shell <shell>         (values: a, b, c, d, e, f)

                PACE:
                  -j, --jobs <n>          How many cases run at once.
                  --timeout <seconds>     How long to wait for one answer before it counts as
                                          silence and the next case is begun. (default: 5)

                EXAMPLES:
                  countersign run http://127.0.0.1:8080 --scheme slack
                                          Runs every must and should case.
                  … --adapter -- ./a      Tests a library.
                """)
    }

    @Test("writes the whole help of a tool")
    func tool() {
        #expect(
            HelpText.render(Fixture.root, path: ["countersign"]) == """
                OVERVIEW: Prove that signed webhooks are verified.

                USAGE: countersign [<subcommand>]

                OPTIONS:
                  --version               Show the version.
                  -h, --help              Show help information.

                SUBCOMMANDS:
                  run                     Test an endpoint against a scheme.
                  schemes                 List the schemes.
                  vectors                 Work with vectors.
                  merge                   Merge reports.
                  later                   Read a file too.

                  See 'countersign help <subcommand>' for detailed help.
                """)
        let vectors = Fixture.root.subcommands[2]
        let text = HelpText.render(vectors, path: ["countersign", "vectors"])
        #expect(text.contains("USAGE: countersign vectors <subcommand>\n"))
        #expect(text.hasSuffix("\n\n  See 'countersign help vectors <subcommand>' for detailed help."))
    }

    @Test("keeps to the width, and loses no word", arguments: [0, 50, 63, 80, 120, 1000])
    func width(columns: Int) {
        let words = (1...60).map { "word\($0)" }
        let spec = CommandSpec(
            "t", abstract: words.joined(separator: " "), discussion: "  " + words.joined(separator: " "),
            options: [Option(flag: "x1", help: words.joined(separator: " "))])
        let lines = HelpText.render(spec, path: ["t"], width: columns).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= max(50, columns) && $0.last != " " })
        let all = lines.flatMap { $0.split(separator: " ") }.map(String.init)
        #expect(words.allSatisfy { word in all.filter { $0 == word }.count == 3 })
    }
}
