import Foundation
import ReportModel
import Testing

/// The completion scripts, in the shells that are installed.
@Suite struct CompletionTests {
    @Test(arguments: ["bash", "zsh", "fish"]) func theScriptIsPrintedAndParses(shell: String) async throws {
        let output = try await Command.countersign("completion", shell)
        #expect(output.status == 0)
        #expect(output.text.contains("countersign"))
        #expect(output.errors.isEmpty)
        guard Command.isInstalled(shell) else { return }
        let folder = try TemporaryFolder()
        let script = try folder.file("completion", output.text)
        let parsed = try await Command.sh("\(shell) -n '\(script)'")
        #expect(parsed.status == 0, "\(parsed.errors)")
    }

    @Test func bashCompletesCommandsOptionsAndSchemes() async throws {
        guard Command.isInstalled("bash") else { return }
        func complete(_ words: String...) async throws -> [String] {
            let list = words.map { "'\($0)'" }.joined(separator: " ")
            let script = """
                bash -c 'source <(countersign completion bash)
                COMP_WORDS=(\(list.replacingOccurrences(of: "'", with: "\"")))
                COMP_CWORD=\(words.count - 1)
                COMP_LINE="${COMP_WORDS[*]}"
                COMP_POINT=${#COMP_LINE}
                $(complete -p countersign | sed "s/.*-F \\([^ ]*\\).*/\\1/") countersign "${COMP_WORDS[COMP_CWORD]}" ""
                printf "%s\\n" "${COMPREPLY[@]}"'
                """
            let output = try await Command.sh(script)
            return output.text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        #expect(try await complete("countersign", "expl") == ["explain"])
        #expect(try await complete("countersign", "run", "--sche") == ["--scheme"])
        #expect(try await complete("countersign", "run", "--scheme", "vaul") == ["vaultysclaw"])
    }
}
