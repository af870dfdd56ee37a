#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A file of lines that grows by one line at a time. A line that was added is there after any crash, and one that a crash
/// cut short is not.
package final class Journal: Sendable {
    private let file: Int32

    /// Opens a journal, and makes it if there is none. A last line without an end is cut off.
    ///
    /// - Parameter path: the path of the file.
    /// - Returns: the journal, and the lines that it has.
    package static func open(_ path: String) throws(SystemError) -> (journal: Journal, lines: [[UInt8]]) {
        let file = systemOpen(path)
        guard file >= 0 else { throw .last }
        let journal = Journal(file)
        let bytes = try Descriptor.readToEnd(file, limit: 1 << 30) ?? []
        let whole = bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        guard whole == bytes.count || ftruncate(file, off_t(whole)) == 0 else { throw .last }
        return (journal, bytes[..<whole].split(separator: 0x0A).map(Array.init))
    }

    private init(_ file: Int32) { self.file = file }

    deinit { Descriptor.close(file) }

    /// Adds a line, and waits until it has reached the disk. One thread at a time may do so.
    ///
    /// - Parameter line: bytes without a line's end.
    package func add(_ line: [UInt8]) throws(SystemError) {
        try Descriptor.write(line + [0x0A], to: file)
        guard fsync(file) == 0 else { throw .last }
    }
}

private func systemOpen(_ path: String) -> Int32 { open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644) }
