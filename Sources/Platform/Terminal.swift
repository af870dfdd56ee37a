#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Properties of the terminal that a file descriptor refers to.
package enum Terminal {
    /// Whether a descriptor is a terminal.
    package static func isPresent(on descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Whether a descriptor is a terminal that obeys escape sequences.
    package static func obeysEscapes(on descriptor: Int32) -> Bool {
        isPresent(on: descriptor) && !["dumb", ""].contains(CurrentProcess.environment("TERM") ?? "")
    }

    /// Whether a descriptor is a terminal that shows colour and whose user wants it (no-color.org).
    package static func takesColor(on descriptor: Int32) -> Bool {
        obeysEscapes(on: descriptor) && (CurrentProcess.environment("NO_COLOR") ?? "").isEmpty
    }

    /// The number of columns; `nil` when the descriptor is not a terminal or the terminal does not say.
    package static func width(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Prompts for a line and reads it without echo.
    ///
    /// - Parameters:
    ///   - question: what is asked, on standard error unless told otherwise.
    ///   - input: where the answer is typed.
    ///   - stop: what ends the question.
    /// - Returns: the line without its end; `nil` at the end of the input, or when the question was ended.
    package static func askHidden(
        _ question: String, on output: Int32 = Descriptor.standardError, from input: Int32 = Descriptor.standardInput,
        unless stop: StopSignal
    ) -> [UInt8]? {
        var shown = termios()
        let isTerminal = tcgetattr(input, &shown) == 0
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        if isTerminal { tcsetattr(input, TCSAFLUSH, &hidden) }
        defer { if isTerminal { tcsetattr(input, TCSAFLUSH, &shown) } }
        try? Descriptor.write(Array(question.utf8), to: output)
        defer { try? Descriptor.write([0x0A], to: output) }
        return readLine(input, unless: stop)
    }

    /// Prompts for a line and reads it as it is typed.
    ///
    /// - Parameter question: what is asked, on standard error.
    /// - Returns: the line without its end; `nil` at the end of the input.
    package static func ask(_ question: String) -> String? {
        try? Descriptor.write(Array(question.utf8), to: Descriptor.standardError)
        return readLine(Descriptor.standardInput, unless: nil).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func readLine(_ input: Int32, unless stop: StopSignal?) -> [UInt8]? {
        var line = [UInt8]()
        var byte: UInt8 = 0
        while true {
            guard !Descriptor.wait(input, for: .readable, by: .never, unless: stop).isEmpty else { return nil }
            let count = withUnsafeMutableBytes(of: &byte) { (try? Descriptor.read(input, into: $0)) ?? 0 }
            guard count > 0 else { return nil }
            if byte == 0x0A { return line }
            line.append(byte)
        }
    }
}
