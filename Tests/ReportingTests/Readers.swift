import Bytes
import Foundation
import ReportModel
import Testing

@testable import Reporting

/// Programs that this project did not write, and that read reports.
enum Readers {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    /// Not standardised: that would follow the link which makes Python one of the virtual environment.
    private static let python = root.appending(path: ".peers/bin/python").path
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Readers")

    /// A fresh machine has none of them, and says so; where everything must be shown, that is a failure.
    static let areWanted =
        FileManager.default.isExecutableFile(atPath: python) || ProcessInfo.processInfo.environment["CI"] == "true"
    static let hasBrowser =
        ["chromium", "chromium-browser", "google-chrome"].contains { name in
            (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
                FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
            }
        } || ProcessInfo.processInfo.environment["CI"] == "true"
    static let missing: Comment = "the readers are not installed; 'bash .ci/peers' does it"

    /// Runs a script of the folder.
    ///
    /// - Returns: the JSON that it prints.
    static func run(_ script: String, _ arguments: [String]) throws -> JSON {
        let process = Process()
        let (output, errors) = (Pipe(), FileManager.default.temporaryDirectory.appending(path: UUID().uuidString))
        try Data().write(to: errors)
        defer { try? FileManager.default.removeItem(at: errors) }
        process.executableURL = URL(filePath: python)
        process.arguments = [folder.appending(path: script).path] + arguments
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let complaint = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
        try #require(process.terminationStatus == 0, "\(script): \(complaint)")
        // A library greets before the last line.
        let last = data.split(separator: 0x0A).last.map { [UInt8]($0) } ?? []
        return try JSON.parse(last)
    }

    /// Returns what the readers find in a report, format by format.
    static func read(_ report: Report, _ context: ReportContext) throws -> JSON {
        let folder = FileManager.default.temporaryDirectory.appending(path: "countersign-formats-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for format in ReportFormats.all {
            try Data(format.bytes(of: report, context)).write(to: folder.appending(path: format.fileName))
        }
        return try run("read.py", [folder.path])
    }
}

extension JSON {
    /// The strings of an array of strings.
    var strings: [String] { (array ?? []).compactMap(\.string) }
}
