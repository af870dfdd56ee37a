internal import Arguments
internal import Bytes
internal import ReportModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Reading of the user's files.
enum Files {
    /// Gives the bytes of a file.
    ///
    /// - Parameters:
    ///   - path: the path as the user wrote it.
    ///   - what: what the file is to the user, for the error.
    /// - Throws: `CommandError` that names the path and the reason.
    static func read(_ path: String, as what: String) throws -> [UInt8] {
        var isDirectory: Bool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw CommandError.input("no \(what) at '\(printable(path))'")
        }
        guard !isDirectory else { throw CommandError.input("'\(printable(path))' is a folder, not a \(what)") }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandError.input("the \(what) '\(printable(path))' can't be read")
        }
        return [UInt8](data)
    }

    /// Tells whether there is something at a path.
    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// The names of the files in a folder, sorted.
    static func names(in folder: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw CommandError.input("the folder '\(printable(folder))' can't be read")
        }
    }

    /// Makes a folder with its parents.
    static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandError.input("the folder '\(printable(path))' can't be made")
        }
    }
}
