#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A file that grows while a command runs.
package final class AppendedFile {
    private let descriptor: Int32

    /// Creates a file, in place of what was there.
    package init(_ path: String) throws(SystemError) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { throw .last }
        Descriptor.closeOnExecution(descriptor)
    }

    /// Creates a file that nobody but its owner may read, where there is none.
    package init(privateAt path: String) throws(SystemError) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw .last }
        Descriptor.closeOnExecution(descriptor)
    }

    deinit { Descriptor.close(descriptor) }

    /// Writes bytes at the end.
    package func append(_ bytes: [UInt8]) throws(SystemError) { try Descriptor.write(bytes, to: descriptor) }
}
