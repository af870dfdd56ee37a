import Bytes
import Foundation
import ReportModel

/// What the tool says of its schemes.
enum BuiltIn {
    /// The names of the built-in schemes.
    static func names() async throws -> [String] {
        let output = try await Command.countersign("schemes")
        return output.text.split(separator: "\n").compactMap { $0.split(separator: " ").first.map(String.init) }
    }

    /// The payloads of a scheme, and the names of its credentials and of the audience of its tokens.
    static func facts(_ scheme: String) async throws -> (payloads: [String], credentials: [String]) {
        let shown = try await Command.countersign("schemes", "show", scheme)
        let definition = try JSON.parse(shown.stdout)
        let payloads = definition["payloads"]?.array ?? []
        let credentials = definition["credentials"]?.array ?? []
        let audience = definition[pointer: "/signature/grammar/audience"]?.string
        let names = credentials.compactMap { $0["id"]?.string } + (audience.map { [$0] } ?? [])
        return (payloads.compactMap { $0["id"]?.string }, names)
    }

    /// The text of a scheme's published secret.
    static func publishedSecret(_ scheme: String) async throws -> String {
        let output = try await Command.countersign("schemes", "show", scheme, "--published-secret")
        return output.text.trimmingCharacters(in: .newlines)
    }
}
