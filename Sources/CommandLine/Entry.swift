internal import Arguments
internal import Bytes
internal import ReportModel

/// The version of the tool.
package let toolVersion = "0.1.0"

/// The day of the version, for the manual page.
let toolDay = "2026-11-26"

/// Runs the tool.
///
/// - Parameter arguments: the words after the tool's name.
/// - Returns: the exit code of the process.
package func runTool(_ arguments: [String]) -> Int32 { status(of: arguments).rawValue }

private func status(of arguments: [String]) -> ExitStatus {
    do {
        let parsed = try Parser.parse(arguments, root: CommandTree.spec)
        switch parsed.intent {
        case .version:
            Console.out(toolVersion)
            return .success
        case .help:
            Console.out(HelpText.render(parsed.spec, path: parsed.path, width: Console.width))
            return .success
        case .run:
            return Console.concluded(try CommandTree.command(at: parsed.path.dropFirst()).run(parsed))
        }
    } catch let error as UsageError {
        Console.err(error.description)
        return .wrongInput
    } catch let error as CommandError {
        Console.err("Error: \(error.message)")
        return .wrongInput
    } catch {
        Console.err("Error: \(printable("\(error)"))")
        return .internalError
    }
}
