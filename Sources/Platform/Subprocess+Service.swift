#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

extension Subprocess {
    /// A command from the user that starts a server, or is one.
    package struct Service: Sendable {
        private let leader: pid_t

        /// Starts a command line, with nothing to read and nowhere to print.
        ///
        /// - Parameters:
        ///   - line: the command line for the shell.
        ///   - names: environment variables that the command does not see.
        package init(_ line: String, withholding names: Set<String> = []) throws(Failure) {
            let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
            guard nowhere >= 0 else { throw .notStarted(SystemError(code: errno)) }
            defer { _ = close(nowhere) }
            leader = try Subprocess.spawn(line, withholding: names, output: nowhere).get()
        }

        /// Kills what the command started, unless the command has ended and left a server running.
        package func end() {
            if !Subprocess.hasEnded(leader) { kill(-leader, SIGKILL) }
            _ = Subprocess.reap(leader)
        }
    }
}
