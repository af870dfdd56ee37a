/// A shell for which a completion script can be written.
package enum Shell: String, Sendable, CaseIterable {
    /// GNU Bash.
    case bash
    /// Z shell.
    case zsh
    /// fish.
    case fish
}

/// The scripts that teach a shell to complete a tool's command line.
package enum CompletionScript {
    /// Writes the script for a shell, line break at the end included.
    ///
    /// It completes subcommands, option names, allowed or suggested values, files and directories; for bash also where
    /// `=` and `:` cut words. Bash and zsh share the part that knows the tool.
    package static func generate(root: CommandSpec, shell: Shell) -> String {
        let places = CompletionPlace.all(of: root)
        return switch shell {
        case .bash: BashCompletion.script(tool: root.name, places: places)
        case .zsh: ZshCompletion.script(tool: root.name, places: places)
        case .fish: FishCompletion.script(tool: root.name, places: places)
        }
    }
}
