import Foundation
import ReportModel

/// The reference endpoint, served by the built tool for as long as it is held.
struct Served: Sendable {
    /// The URL of each payload's path, by scheme, in the order of the scheme's payloads.
    let urls: [String: [String]]
    let running: Running

    /// Starts `countersign serve` and waits until it listens.
    ///
    /// - Parameter paths: how many lines with URLs it prints: one a payload of each scheme served.
    init(_ arguments: String..., paths: Int, environment: [String: String] = [:]) async throws {
        try await self.init(
            Running(try Command.tool.path, ["serve"] + arguments, environment: environment), paths: paths)
    }

    /// Waits until a `countersign serve` listens.
    init(_ running: Running, paths: Int) async throws {
        let lines = try await offThePool { try running.lines(paths) }
        self.running = running
        var urls = [String: [String]]()
        for line in lines {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 2, words[1].hasPrefix("http") else {
                throw CommandFailure(description: "not a line of 'serve': \(line)")
            }
            urls[words[0], default: []].append(words[1])
        }
        self.urls = urls
    }

    /// The URL of a scheme's first payload.
    func url(_ scheme: String) throws -> String {
        guard let url = urls[scheme]?.first else { throw CommandFailure(description: "\(scheme) is not served") }
        return url
    }
}

/// Runs something that blocks on a thread of its own.
func offThePool<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result(catching: work)) }
    }
}

/// A folder of the test's own, removed when nobody holds it.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("countersign-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Gives the path of a file in the folder.
    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// Writes a file and gives its path.
    func file(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: url.appendingPathComponent(name))
        return path(name)
    }

    /// Gives the bytes of a file.
    func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: url.appendingPathComponent(name))) }
}
