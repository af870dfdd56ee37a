internal import Platform
internal import ReportModel

/// Results go to standard output, everything else to standard error.
enum Console {
    /// Writes a line of results.
    static func out(_ text: String) { out(Array(text.utf8) + [0x0A]) }

    /// Writes bytes of results as they are.
    static func out(_ bytes: [UInt8]) {
        outputFailure.change { failure in
            guard failure == nil else { return }
            do throws(SystemError) {
                try Descriptor.write(bytes, to: Descriptor.standardOutput)
            } catch { failure = error }
        }
    }

    /// Writes a line for people.
    static func err(_ text: String) { try? Descriptor.write(Array(text.utf8) + [0x0A], to: Descriptor.standardError) }

    /// Returns the final exit status of a command, because its results may not have been written.
    static func concluded(_ status: ExitStatus) -> ExitStatus {
        guard let reason = outputFailure.change({ $0 }) else { return status }
        err("Error: standard output could not be written: \(reason)")
        return .combined([status, .reportNotWritten])
    }

    private static let outputFailure = Monitor<SystemError?>(nil)

    /// Whether standard input is a terminal.
    static var inIsTerminal: Bool { Terminal.isPresent(on: Descriptor.standardInput) }

    /// Whether standard error is a terminal.
    static var errIsTerminal: Bool { Terminal.isPresent(on: Descriptor.standardError) }

    /// The columns of the terminal; 100 where there is none.
    static var width: Int { Terminal.width(of: Descriptor.standardOutput).map { max(40, $0) } ?? 100 }

    /// Whether colour is wanted: on a terminal, unless the user declines it.
    static func usesColor(refused: Bool) -> Bool { !refused && Terminal.takesColor(on: Descriptor.standardOutput) }
}
