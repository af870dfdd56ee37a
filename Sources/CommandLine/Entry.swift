internal import Arguments
internal import Bytes
internal import Harness
internal import ReportModel

/// The version of the tool.
package let toolVersion = "0.1.0"

/// Runs the tool.
///
/// - Parameter arguments: the words after the tool's name.
/// - Returns: the exit code of design 4.
package func runTool(_ arguments: [String]) -> Int32 {
    do {
        let parsed = try Parser.parse(arguments, root: CommandTree.root)
        switch parsed.intent {
        case .version:
            Console.out(toolVersion)
            return 0
        case .help:
            Console.out(HelpText.render(parsed.spec, path: parsed.path, width: Console.width))
            return 0
        case .run: return Console.concluded(try CommandTree.run(parsed))
        }
    } catch let error as UsageError {
        Console.err(error.description)
        return 2
    } catch let error as CommandError {
        Console.err("Error: \(error.message)")
        return error.exit
    } catch {
        Console.err("Error: \(printable("\(error)"))")
        return 70
    }
}

/// A failure that is not a mistake in the words of the command line.
struct CommandError: Error {
    /// What is wrong, where, and what to do.
    let message: String
    /// The exit code: 2 when an input is wrong, 3 when nothing can be told.
    let exit: Int32

    /// An input that is wrong: nothing was sent.
    static func input(_ message: String) -> CommandError { CommandError(message: message, exit: 2) }
}
