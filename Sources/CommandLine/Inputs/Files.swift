internal import Arguments
internal import Bytes
internal import Platform
internal import ReportModel

/// Reads the user's files.
enum Files {
    /// Returns the bytes of a file.
    ///
    /// - Parameters:
    ///   - path: the path as the user wrote it.
    ///   - what: what the file is to the user, for the error.
    /// - Throws: `CommandError` that names the path and the reason.
    static func read(_ path: String, as what: String) throws -> [UInt8] {
        do throws(FileInput.Failure) {
            return try FileInput.read(path, limit: limit)
        } catch {
            switch error {
            case .missing: throw CommandError.input("no \(what) at '\(printable(path))'")
            case .isFolder: throw CommandError.input("'\(printable(path))' is a folder, not a \(what)")
            case .tooLarge(let limit):
                throw CommandError.input("the \(what) '\(printable(path))' is larger than \(limit >> 20) MiB")
            case .other(let reason):
                throw CommandError.input("the \(what) '\(printable(path))' can't be read: \(reason)")
            }
        }
    }

    /// More than any input of this tool can use.
    private static let limit = 256 << 20

    /// Returns everything on standard input, byte for byte.
    static func readStandardInput() throws -> [UInt8] {
        guard let bytes = try? Descriptor.readToEnd(Descriptor.standardInput, limit: limit) else {
            throw CommandError.input("standard input can't be read, or is larger than \(limit >> 20) MiB")
        }
        return bytes
    }

    /// Whether anything exists at a path.
    static func exists(_ path: String) -> Bool { FileInput.exists(path) }

    /// The names of the files in a folder, sorted.
    static func names(in folder: String) throws -> [String] {
        do {
            return try Folder.names(in: folder)
        } catch {
            throw CommandError.input("the folder '\(printable(folder))' can't be read: \(error)")
        }
    }

    /// Creates a folder and its parents.
    static func makeFolder(_ path: String) throws {
        do {
            try Folder.make(path)
        } catch {
            throw CommandError.input("the folder '\(printable(path))' can't be made: \(error)")
        }
    }
}
