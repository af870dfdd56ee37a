import Bytes
import Foundation

/// What the tool says of its schemes.
enum BuiltIn {
    /// The names of the built-in schemes.
    static func names() async throws -> [String] {
        let output = try await Command.countersign("schemes")
        return output.text.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
    }

    /// How many payloads a scheme has, and the names of its credentials.
    static func facts(_ scheme: String) async throws -> (payloads: [String], credentials: [String]) {
        let shown = try await Command.countersign("schemes", "show", scheme)
        let definition = try JSON.parse(shown.stdout)
        let payloads = definition["payloads"]?.array ?? []
        let credentials = definition["credentials"]?.array ?? []
        return (payloads.compactMap { $0["id"]?.string }, credentials.compactMap { $0["id"]?.string })
    }

    /// The text of a scheme's published secret.
    static func publishedSecret(_ scheme: String) async throws -> String {
        let output = try await Command.countersign("schemes", "show", scheme, "--published-secret")
        return output.text.trimmingCharacters(in: .newlines)
    }
}
