#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// What is known of the terminal behind a file descriptor.
package enum Terminal {
    /// Tells whether a file descriptor is a terminal that obeys escape sequences.
    package static func isPresent(on descriptor: Int32) -> Bool {
        guard isatty(descriptor) == 1, let kind = getenv("TERM") else { return false }
        return strcmp(kind, "dumb") != 0 && strcmp(kind, "") != 0
    }

    /// The number of columns; `nil` when the descriptor is no terminal, or the terminal does not say.
    package static func width(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Writes text as it stands; what can't be written is lost.
    package static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            #if canImport(Glibc)
            _ = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
            #elseif canImport(Musl)
            _ = Musl.write(descriptor, bytes.baseAddress, bytes.count)
            #else
            _ = Darwin.write(descriptor, bytes.baseAddress, bytes.count)
            #endif
        }
    }
}
