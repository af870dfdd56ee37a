import Catalogue
import Foundation
import ReportModel
import Schemes
import Testing

/// The vector files, generated once for all tests.
enum Generated {
    static let files = Dictionary(uniqueKeysWithValues: SchemeLibrary.all.map { ($0.id, VectorFile.bytes(of: $0)) })

    static func file(_ scheme: String) -> [UInt8] { files[scheme] ?? [] }
}

/// Programs that this project did not write, run by the tests.
enum Tool {
    /// The top of the repository.
    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A directory beside this file's tests.
    static func script(_ name: String) -> String {
        repository.appending(path: "Tests/CatalogueTests/\(name)").path
    }

    /// What a program wrote, and how it ended.
    struct Result {
        let output: String
        let errors: String
        let status: Int32
    }

    /// Runs Python on a program text with these bytes as its input, and gives what it writes, without blanks around it.
    static func python(_ program: String, _ input: [UInt8] = []) throws -> String {
        let result = try run(["-c", program], input: input)
        guard result.status == 0 else { throw Failure(description: result.errors) }
        return result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Runs `python3` with arguments.
    static func run(_ arguments: [String], input: [UInt8] = []) throws -> Result {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        let directory = try temporaryDirectory()
        defer { try? FileManager.default.removeItem(at: directory) }
        // Files, because a pipe that nobody reads yet would hold a program that writes much.
        let files = try ["in", "out", "err"].map { name in
            let url = directory.appending(path: name)
            try Data(name == "in" ? input : []).write(to: url)
            return url
        }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        return Result(
            output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self), status: process.terminationStatus)
    }

    /// Why a program is not there, or `nil`; on a build server it must be.
    static func reasonToSkip(module: String) -> String? {
        if ProcessInfo.processInfo.environment["CI"] == "true" { return nil }
        let found = try? run(["-c", "import \(module)"]).status == 0
        return found == true ? nil : "python3 with \(module) is not here"
    }

    /// Makes an empty directory of its own.
    static func temporaryDirectory() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "countersign-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    struct Failure: Error, CustomStringConvertible { let description: String }
}
