import Foundation
import ReportModel
import Testing

/// What is printed on a real terminal: as wide as it is, in colour unless the user declines it.
@Suite struct TerminalTests {
    /// Runs a command in a pseudo-terminal of a width, and prints what it wrote there.
    private static let script = """
        import fcntl, os, pty, struct, sys, termios
        columns, command = int(sys.argv[1]), sys.argv[2:]
        child, terminal = pty.fork()
        if child == 0:
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
            os.execvp(command[0], command)
        out = b""
        while True:
            try: data = os.read(terminal, 65536)
            except OSError: break
            if not data: break
            out += data
        os.waitpid(child, 0)
        sys.stdout.buffer.write(out)
        """

    private static let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("reports/sample-run.json").path

    private static func lines(
        _ columns: Int, _ arguments: [String], _ environment: [String: String] = [:]
    ) async throws -> [String] {
        let output = try await Command.run(
            "/usr/bin/env", ["python3", "-c", script, String(columns), try Command.tool.path] + arguments,
            environment: ["TERM": "xterm-256color"].merging(environment) { _, own in own }, deadline: 60)
        #expect(output.status == 0, "\(output.errors)")
        return output.text.components(separatedBy: "\r\n")
    }

    private static let commands: [[String]] = [
        ["report", sample], ["report", sample, "--verbose"], ["report", sample, "--quiet"],
        ["report", sample, sample], ["report", "diff", sample, sample], ["report", "--help"], ["run", "--help"],
    ]

    @Test(.enabled(if: Command.isInstalled("python3"), "python3 is missing"), arguments: commands, [50, 80])
    func linesFitTheTerminal(command: [String], columns: Int) async throws {
        let lines = try await Self.lines(columns, command, ["NO_COLOR": "1"])
        #expect(lines.count > 2)
        // A word that has no place to be broken, such as a URL or the name of an option with its value, may be longer, and
        // so may a command that is there to be copied.
        for line in lines where line.count > columns && !line.contains("countersign ") {
            #expect(
                line.trimmingCharacters(in: .whitespaces).split(separator: " ").contains { $0.count > columns - 34 },
                "\(line)")
        }
    }

    @Test(
        .enabled(if: Command.isInstalled("python3"), "python3 is missing"),
        arguments: [
            ([:], [], true), (["NO_COLOR": "1"], [], false), (["NO_COLOR": ""], [], true),
            (["TERM": "dumb"], [], false),
            ([:], ["--no-color"], false),
        ] as [([String: String], [String], Bool)])
    func colourIsForTerminalsWhoseUsersWantIt(
        environment: [String: String], flags: [String], isColoured: Bool
    ) async throws {
        let lines = try await Self.lines(100, ["report", Self.sample] + flags, environment)
        #expect(lines.contains { $0.contains("\u{1B}[") } == isColoured)
    }

    @Test func aPipeGetsNoColour() async throws {
        let output = try await Command.countersign("report", Self.sample, environment: ["TERM": "xterm-256color"])
        #expect(!output.text.contains("\u{1B}"))
        #expect(output.text.components(separatedBy: "\n").allSatisfy { $0.count <= 100 })
    }
}
