internal import ReportModel

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Results go to standard output, everything else to standard error.
enum Console {
    /// Writes a line of results.
    static func out(_ text: String) { write(Array(text.utf8) + [0x0A], to: STDOUT_FILENO) }

    /// Writes bytes of results as they are.
    static func out(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

    /// Writes a line for people.
    static func err(_ text: String) { write(Array(text.utf8) + [0x0A], to: STDERR_FILENO) }

    /// Whether standard output is a terminal.
    static var outIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Whether standard input is a terminal.
    static var inIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// Whether standard error is a terminal.
    static var errIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// The columns of the terminal; 100 where there is none.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
        return max(40, Int(size.ws_col))
    }

    /// Whether colour is wanted: on a terminal, unless it is refused (no-color.org).
    static func usesColor(refused: Bool) -> Bool {
        !refused && outIsTerminal && environment("NO_COLOR")?.isEmpty != false && environment("TERM") != "dumb"
    }

    /// Gives the value of an environment variable.
    static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// Gives everything on standard input, byte for byte.
    static func readAll() -> [UInt8] {
        var bytes = [UInt8]()
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// Asks for a line at the terminal, which does not show what is typed.
    ///
    /// - Returns: the line without its end; `nil` at the end of the input.
    static func askHidden(_ question: String) -> [UInt8]? {
        var shown = termios()
        let isTerminal = tcgetattr(STDIN_FILENO, &shown) == 0
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        if isTerminal { tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) }
        defer { if isTerminal { tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown) } }
        write(Array(question.utf8), to: STDERR_FILENO)
        var line = [UInt8]()
        var byte: UInt8 = 0
        while true {
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR, interruptExit == nil { continue }
            guard count > 0 else { return nil }
            if byte == 0x0A { break }
            line.append(byte)
        }
        write([0x0A], to: STDERR_FILENO)
        return line
    }

    /// Calls something when the process is asked to end: at most once for each signal, then the default returns.
    static func onInterrupt(_ action: @escaping @Sendable () -> Void) {
        InterruptAction.current = action
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                InterruptAction.last = number
                InterruptAction.current?()
                signal(number, SIG_DFL)
            }
        }
    }

    /// The exit code of the signal that interrupted, 130 or 143; `nil` when none did.
    static var interruptExit: Int32? { InterruptAction.last.map { 128 + $0 } }

    /// Ends the process at once with the exit code of its signal; for a server, which has nothing to finish.
    static func leave() { _exit(interruptExit ?? 0) }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { fwriteAll($0, descriptor) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    private static func fwriteAll(_ bytes: UnsafeRawBufferPointer, _ descriptor: Int32) -> Int {
        while true {
            #if canImport(Darwin)
            let count = Darwin.write(descriptor, bytes.baseAddress, bytes.count)
            #elseif canImport(Musl)
            let count = Musl.write(descriptor, bytes.baseAddress, bytes.count)
            #else
            let count = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            #endif
            if count < 0, errno == EINTR { continue }
            return count
        }
    }
}

/// What a signal handler may reach: it is set before the handler is, and read by it alone.
private enum InterruptAction {
    nonisolated(unsafe) static var current: (@Sendable () -> Void)?
    nonisolated(unsafe) static var last: Int32?
}
