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
    /// - Returns: the line without its end; `nil` at the end of the input, or when the process is asked to end.
    package static func askHidden(
        _ question: String, on output: Int32 = Descriptor.standardError, from input: Int32 = Descriptor.standardInput
    ) -> [UInt8]? {
        var shown = termios()
        let isTerminal = tcgetattr(input, &shown) == 0
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        if isTerminal { tcsetattr(input, TCSAFLUSH, &hidden) }
        defer { if isTerminal { tcsetattr(input, TCSAFLUSH, &shown) } }
        try? Descriptor.write(Array(question.utf8), to: output)
        defer { try? Descriptor.write([0x0A], to: output) }
        return readLine(input)
    }

    /// Prompts for a line and reads it as it is typed.
    ///
    /// - Parameter question: what is asked, on standard error.
    /// - Returns: the line without its end; `nil` at the end of the input, or when the process is asked to end.
    package static func ask(_ question: String) -> String? {
        try? Descriptor.write(Array(question.utf8), to: Descriptor.standardError)
        return readLine(Descriptor.standardInput).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func readLine(_ input: Int32) -> [UInt8]? {
        let sources = [input] + (Signals.requestDescriptor.map { [$0] } ?? [])
        var line = [UInt8]()
        var byte: UInt8 = 0
        while true {
            let ready = Descriptor.wait(for: sources.map { ($0, .readable) }, by: .never)
            guard ready.dropFirst().allSatisfy(\.isEmpty) else { return nil }
            let count = withUnsafeMutableBytes(of: &byte) { (try? Descriptor.read(input, into: $0)) ?? 0 }
            guard count > 0 else { return nil }
            if byte == 0x0A { return line }
            line.append(byte)
        }
    }
}
