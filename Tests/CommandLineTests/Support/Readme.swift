import Foundation
import ReportModel

/// README, from which the tests take its examples: what is printed there is what works.
enum Readme {
    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("README.md")

    static func text() throws -> String { try String(contentsOf: file, encoding: .utf8) }

    /// The fenced blocks of a language.
    static func blocks(_ language: String) throws -> [String] {
        try text().components(separatedBy: "```\(language)\n").dropFirst()
            .compactMap { $0.components(separatedBy: "\n```").first }
    }

    /// Writes LINE's scheme, the worked example, into a folder, and gives its path.
    static func lineScheme(in folder: TemporaryFolder) throws -> String {
        guard let definition = try blocks("json").first else {
            throw CommandFailure(description: "README shows no scheme")
        }
        return try folder.file("line.json", definition)
    }
}
