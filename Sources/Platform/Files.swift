#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Reading of whole files.
package enum FileInput {
    /// Why a file was not read.
    package enum Failure: Error, Sendable, Hashable {
        case missing
        case isFolder
        case tooLarge(limit: Int)
        case other(SystemError)
    }

    /// The bytes of a file, a pipe or a device.
    ///
    /// - Parameter limit: the most bytes that it may have.
    package static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
        do throws(SystemError) {
            let file = try systemOpen(path, O_RDONLY)
            defer { Descriptor.close(file) }
            guard let bytes = try Descriptor.readToEnd(file, limit: limit) else { throw SystemError(code: EFBIG) }
            return bytes
        } catch {
            switch error.code {
            case ENOENT, ENOTDIR: throw .missing
            case EISDIR: throw .isFolder
            case EFBIG: throw .tooLarge(limit: limit)
            default: throw .other(error)
            }
        }
    }

    /// Whether anything exists at a path.
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}

/// Folders: what is in them, and new ones.
package enum Folder {
    /// Whether there is a folder at a path.
    package static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in a folder, sorted, without those that begin with a dot.
    package static func names(in path: String) throws(SystemError) -> [String] {
        guard let folder = opendir(path) else { throw .last }
        defer { closedir(folder) }
        var names = [String]()
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// Creates a folder and its parents unless it exists.
    package static func make(_ path: String) throws(SystemError) {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw SystemError(code: ENOENT) }
        for end in path.indices where path[end] == "/" && end != path.startIndex { try makeOne(String(path[..<end])) }
        try makeOne(path)
    }

    private static func makeOne(_ path: String) throws(SystemError) {
        guard mkdir(path, 0o777) != 0 else { return }
        let failure = SystemError.last
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw SystemError(code: ENOTDIR) }
    }

    /// Removes a folder and the files in it; one that can't be removed is left.
    package static func remove(_ path: String) {
        for name in (try? names(in: path)) ?? [] { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    /// Creates a new private folder in the folder for temporary files.
    ///
    /// - Returns: its path, which begins with the prefix after the folder.
    package static func makePrivate(prefix: String) throws(SystemError) -> String {
        let parent = CurrentProcess.environment("TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var template = Array("\(parent)/\(prefix).XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw .last }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// Atomic writing of files: no reader sees a partial one.
package enum FileOutput {
    /// Why a file was not written.
    package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// The kind of obstacle.
        package enum Kind: Sendable, Hashable {
            /// The directory does not exist.
            case noDirectory
            /// The path names a directory.
            case isDirectory
            /// The file or its directory may not be written.
            case notPermitted
            /// The path is a symbolic link of another user, in a directory in which everybody may make one.
            case untrustedLink
            /// Anything else, such as a full disk, in the system's words.
            case other(String)
        }

        /// The path that was asked for.
        package let path: String
        /// The kind of obstacle.
        package let kind: Kind

        /// The path and what is wrong with it, in one line.
        package var description: String {
            switch kind {
            case .noDirectory: "\(path) can't be written: its directory does not exist"
            case .isDirectory: "\(path) can't be written: it names a directory"
            case .notPermitted: "\(path) can't be written: permission denied"
            case .untrustedLink: "\(path) can't be written: it is a link that another user put into a shared directory"
            case .other(let reason): "\(path) can't be written: \(reason)"
            }
        }
    }

    /// Where the bytes of a file go.
    private struct Place {
        /// The absolute path without links, where it could be found out.
        var path: String
        /// The permissions of the file that is replaced; `nil` when there is none.
        var mode: mode_t?
        /// Whether the bytes go through a pipe or a device, which is not replaced.
        var isStream = false
    }

    /// Writes a file, replacing an existing one and keeping its permissions.
    ///
    /// The bytes go to a new file beside it, which takes its name when they have reached the disk. A symbolic link is
    /// followed; a pipe or a device, such as `/dev/stdout`, is written as it is.
    ///
    /// - Parameter isPrivate: whether nobody but the owner may read the file.
    /// - Throws: `Failure`; whatever was at the path is then still there, unchanged.
    package static func write(_ bytes: [UInt8], to path: String, isPrivate: Bool = false) throws(Failure) {
        var place = try place(of: path)
        if isPrivate { place.mode = 0o600 }
        do throws(SystemError) {
            if place.isStream {
                let file = try systemOpen(place.path, O_WRONLY)
                defer { Descriptor.close(file) }
                try Descriptor.write(bytes, to: file)
            } else {
                try writeBeside(place, bytes) { file, temporary throws(SystemError) in
                    guard fsync(file) == 0, rename(temporary, place.path) == 0 else { throw .last }
                }
            }
        } catch { throw failure(error, path) }
    }

    /// Adds to the end of a file, which is created if there is none.
    ///
    /// - Parameter addition: returns what to add, given the size of the file.
    package static func append(to path: String, _ addition: (_ size: Int) -> [UInt8]) throws(Failure) {
        do throws(SystemError) {
            let file = try systemOpen(path, O_WRONLY | O_APPEND | O_CREAT)
            defer { Descriptor.close(file) }
            var status = stat()
            guard fstat(file, &status) == 0 else { throw .last }
            try Descriptor.write(addition(Int(status.st_size)), to: file)
        } catch { throw failure(error, path) }
    }

    /// Checks that a file can be written by writing a block beside it and removing it again. Anything at the path is
    /// left untouched.
    ///
    /// - Throws: the `Failure` that `write` would.
    package static func check(_ path: String) throws(Failure) {
        let place = try place(of: path)
        do throws(SystemError) {
            if place.isStream {
                guard access(place.path, W_OK) == 0 else { throw .last }
            } else {
                try writeBeside(place, [UInt8](repeating: 0, count: 4096)) { _, temporary in unlink(temporary) }
            }
        } catch { throw failure(error, path) }
    }

    /// The absolute path, without links, that a file is written to: two outputs that share it overwrite one another.
    package static func destination(of path: String) throws(Failure) -> String { try place(of: path).path }

    private static func place(of path: String) throws(Failure) -> Place {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw Failure(path: path, kind: .other("no such name")) }
        let (folder, name) = split(path)
        guard !name.isEmpty else { throw Failure(path: path, kind: .isDirectory) }
        guard let folder = absolute(folder) else { throw failure(.last, path) }
        let own = folder == "/" ? "/\(name)" : "\(folder)/\(name)"
        guard !isUntrustedLink(own, in: folder) else { throw Failure(path: path, kind: .untrustedLink) }
        let place = absolute(own) ?? own
        var status = stat()
        guard stat(place, &status) == 0 else { return Place(path: place) }
        let type = status.st_mode & S_IFMT
        if type == S_IFDIR { throw Failure(path: path, kind: .isDirectory) }
        guard type == S_IFREG else { return Place(path: place, isStream: true) }
        // A rename would pass over the file's own permission.
        guard access(place, W_OK) == 0 else { throw failure(.last, path) }
        return Place(path: place, mode: status.st_mode & 0o777)
    }

    private static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        return (String(path[...slash]), String(path[path.index(after: slash)...]))
    }

    private static func absolute(_ path: String) -> String? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        return String(cString: pointer)
    }

    /// Whether a path is a link that its owner could have put there to have someone else's file overwritten.
    private static func isUntrustedLink(_ path: String, in folder: String) -> Bool {
        var link = stat()
        var parent = stat()
        guard lstat(path, &link) == 0, link.st_mode & S_IFMT == S_IFLNK, stat(folder, &parent) == 0 else {
            return false
        }
        let isShared = parent.st_mode & S_ISVTX != 0 && parent.st_mode & S_IWOTH != 0
        return isShared && link.st_uid != geteuid() && link.st_uid != parent.st_uid
    }

    /// Writes a new file in the same directory, because a rename does not cross file systems; without success it is
    /// gone again.
    private static func writeBeside(
        _ place: Place, _ bytes: [UInt8], finish: (_ file: Int32, _ temporary: String) throws(SystemError) -> Void
    ) throws(SystemError) {
        let (file, temporary) = try createBeside(place)
        defer { Descriptor.close(file) }
        do throws(SystemError) {
            if let mode = place.mode, fchmod(file, mode) != 0 { throw .last }
            try Descriptor.write(bytes, to: file)
            try finish(file, temporary)
        } catch {
            unlink(temporary)
            throw error
        }
    }

    private static func createBeside(_ place: Place) throws(SystemError) -> (file: Int32, path: String) {
        let folder = split(place.path).folder
        for attempt in 0..<100 {
            let temporary = "\(folder).countersign-\(getpid())-\(attempt).tmp"
            do throws(SystemError) {
                return (try systemOpen(temporary, O_WRONLY | O_CREAT | O_EXCL), temporary)
            } catch  where error.code == EEXIST {
                continue
            }
        }
        throw SystemError(code: EEXIST)
    }

    private static func failure(_ error: SystemError, _ path: String) -> Failure {
        switch error.code {
        case ENOENT, ENOTDIR: Failure(path: path, kind: .noDirectory)
        case EISDIR: Failure(path: path, kind: .isDirectory)
        case EACCES, EPERM, EROFS: Failure(path: path, kind: .notPermitted)
        default: Failure(path: path, kind: .other(error.description))
        }
    }
}

private func systemOpen(_ path: String, _ flags: Int32) throws(SystemError) -> Int32 {
    let file = open(path, flags | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .last }
    return file
}
