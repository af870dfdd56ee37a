import Foundation
import ReportModel
import Testing

/// The completion scripts, in the shells that they are for.
@Suite struct CompletionTests {
    static let shells = ["bash", "zsh", "fish"]
    private static let missing = shells.filter { !Command.isInstalled($0) }
    private static let isCI = ProcessInfo.processInfo.environment["CI"] == "true"

    @Test(.enabled(if: missing.isEmpty || isCI, "not installed: \(missing.joined(separator: ", ")); see .ci/peers"))
    func everyShellIsInstalled() { #expect(Self.missing.isEmpty) }

    @Test(arguments: shells.filter(Command.isInstalled)) func theScriptParses(shell: String) async throws {
        let output = try await Command.countersign("completion", shell)
        #expect(output.status == 0)
        #expect(output.errors.isEmpty)
        let folder = try TemporaryFolder()
        let script = try folder.file("completion", output.text)
        let parsed = try await Command.sh("\(shell) -n '\(script)'")
        #expect(parsed.status == 0, "\(parsed.errors)")
    }

    @Test(
        arguments: shells.filter(Command.isInstalled),
        [
            ("countersign expl", "explain"), ("countersign run --sche", "--scheme"),
            ("countersign run --scheme vaul", "vaultysclaw"), ("countersign waivers pru", "prune"),
        ])
    func theShellCompletes(shell: String, line: (typed: String, offered: String)) async throws {
        let offers = try await Self.offers(of: shell, for: line.typed)
        #expect(offers == [line.offered])
    }

    private static func offers(of shell: String, for line: String) async throws -> [String] {
        let folder = try TemporaryFolder()
        let script = try await Command.countersign("completion", shell).text
        _ = try folder.file("_countersign", script)
        let driver = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("complete.zsh")
        let command =
            switch shell {
            case "bash": bashCommand(line)
            case "fish": "fish -c 'source _countersign; complete -C \"\(line)\"'"
            default: "zsh -f '\(driver.path)' '\(folder.url.path)' '\(folder.path("offers"))' '\(line)'"
            }
        let output = try await Command.sh(command, in: folder.url)
        // fish explains an offer after a tab.
        return output.text.split(separator: "\n").map {
            $0.prefix { $0 != "\t" }.trimmingCharacters(in: .whitespaces)
        }
    }

    /// Calls the function of bash's completion as bash does.
    private static func bashCommand(_ line: String) -> String {
        let words = line.split(separator: " ").map { "\"\($0)\"" }
        return """
            bash -c 'source ./_countersign
            COMP_WORDS=(\(words.joined(separator: " ")))
            COMP_CWORD=\(words.count - 1)
            COMP_LINE="${COMP_WORDS[*]}"
            COMP_POINT=${#COMP_LINE}
            $(complete -p countersign | sed "s/.*-F \\([^ ]*\\).*/\\1/") countersign "${COMP_WORDS[COMP_CWORD]}" ""
            printf "%s\\n" "${COMPREPLY[@]}"'
            """
    }
}
