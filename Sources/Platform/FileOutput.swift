#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Files that are written whole or not at all: who reads one never sees half of it.
package enum FileOutput {
    /// Why a file was not written.
    package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// What kind of obstacle it was.
        package enum Kind: Sendable, Hashable {
            /// The directory does not exist.
            case noDirectory
            /// The path names a directory.
            case isDirectory
            /// The file or its directory may not be written.
            case notPermitted
            /// Anything else, such as a full disk, in the system's words.
            case other(String)
        }

        /// The path that was asked for.
        package let path: String
        /// What kind of obstacle it was.
        package let kind: Kind

        /// The path and what is wrong with it, in one line.
        package var description: String {
            switch kind {
            case .noDirectory: "\(path) can't be written: its directory does not exist"
            case .isDirectory: "\(path) can't be written: it names a directory"
            case .notPermitted: "\(path) can't be written: permission denied"
            case .other(let reason): "\(path) can't be written: \(reason)"
            }
        }
    }

    /// Writes a file, in place of one that is there.
    ///
    /// The bytes go to a new file beside it, which takes its name when they have reached the disk. A symbolic link is
    /// followed; a pipe or a device, such as `/dev/stdout`, is written as it stands.
    ///
    /// - Throws: `Failure`; whatever was at the path is then still there, unchanged.
    package static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw Failure(path: path, kind: .other("no such name")) }
        let place = resolved(path)
        var status = stat()
        if stat(place, &status) == 0 {
            let type = status.st_mode & S_IFMT
            if type == S_IFDIR { throw Failure(path: path, kind: .isDirectory) }
            guard type == S_IFREG else { return try writeThrough(bytes, to: place, named: path) }
            // A rename would pass over the file's own permission.
            guard access(place, W_OK) == 0 else { throw lastFailure(path) }
        }
        guard !path.hasSuffix("/") else { throw Failure(path: path, kind: .isDirectory) }
        try replace(place, with: bytes, named: path)
    }

    private static func replace(_ place: String, with bytes: [UInt8], named path: String) throws(Failure) {
        let (file, temporary) = try openBeside(place, named: path)
        var failure: Failure?
        if !writeAll(bytes, to: file) || fsync(file) != 0 { failure = lastFailure(path) }
        if close(file) != 0, failure == nil { failure = lastFailure(path) }
        if failure == nil, rename(temporary, place) != 0 { failure = lastFailure(path) }
        guard let failure else { return }
        unlink(temporary)
        throw failure
    }

    /// Opens a file that did not exist, in the same directory: a rename does not cross file systems.
    private static func openBeside(_ place: String, named path: String) throws(Failure) -> (Int32, String) {
        let start = place.utf8.lastIndex(of: UInt8(ascii: "/")).map { place.index(after: $0) } ?? place.startIndex
        for attempt in 0..<100 {
            let temporary = "\(place[..<start]).countersign-\(getpid())-\(attempt).tmp"
            let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
            if file >= 0 { return (file, temporary) }
            guard errno == EEXIST else { break }
        }
        throw lastFailure(path)
    }

    private static func writeThrough(_ bytes: [UInt8], to place: String, named path: String) throws(Failure) {
        let file = open(place, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { throw lastFailure(path) }
        defer { close(file) }
        guard writeAll(bytes, to: file) else { throw lastFailure(path) }
    }

    private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Int(systemWrite(file, $0.baseAddress, $0.count)) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return false }
        }
        return true
    }

    private static func systemWrite(_ file: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Glibc)
        Glibc.write(file, start, count)
        #elseif canImport(Musl)
        Musl.write(file, start, count)
        #else
        Darwin.write(file, start, count)
        #endif
    }

    private static func resolved(_ path: String) -> String {
        guard let pointer = realpath(path, nil) else { return path }
        defer { free(pointer) }
        return String(cString: pointer)
    }

    private static func lastFailure(_ path: String) -> Failure {
        switch errno {
        case ENOENT, ENOTDIR: Failure(path: path, kind: .noDirectory)
        case EISDIR: Failure(path: path, kind: .isDirectory)
        case EACCES, EPERM, EROFS: Failure(path: path, kind: .notPermitted)
        case let code: Failure(path: path, kind: .other(String(cString: strerror(code))))
        }
    }
}
