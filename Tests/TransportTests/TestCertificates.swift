import Foundation
import Testing

/// Certificates made by the `openssl` command, once for all tests.
struct TestCertificates: Sendable {
    let directory: String

    static let shared = Result { try TestCertificates() }

    func path(_ name: String) -> String { "\(directory)/\(name)" }

    private init() throws {
        directory = NSTemporaryDirectory() + "countersign-tls-\(getpid())"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=Test-CA")
        try openssl("req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=server")
        try sign("good", names: "DNS:localhost,IP:127.0.0.1", days: 2)
        try sign("expired", names: "DNS:localhost,IP:127.0.0.1", days: -1)
        try sign("wrong-name", names: "DNS:other.test,IP:127.0.0.2", days: 2)
        try openssl("req -x509 -key server.key -out self-signed.pem -days 2 -subj /CN=localhost")
    }

    private func sign(_ name: String, names: String, days: Int) throws {
        try Data("subjectAltName=\(names)".utf8).write(to: URL(fileURLWithPath: path("extensions")))
        try openssl(
            "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out \(name).pem -days \(days) "
                + "-extfile extensions")
    }

    private func openssl(_ arguments: String) throws {
        let status = try Command.run("openssl", arguments.split(separator: " ").map(String.init), in: directory).status
        guard status == 0 else { throw Failure(command: arguments) }
    }

    struct Failure: Error { let command: String }
}

/// Programs that tests ask for a second opinion.
enum Command {
    static func run(_ name: String, _ arguments: [String], in directory: String? = nil) throws
        -> (status: Int32, output: String)
    {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    /// Runs a server until the end of the body, which gets the port that `port` finds in a line it prints.
    static func serving(
        _ command: [String], port: (Substring) -> Substring? = { $0 }, _ body: (Substring) throws -> Void
    ) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        // It leads a group, the whole of which is ended. The test runner blocks SIGTERM, and its children
        // inherit that.
        process.arguments = command
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer {
            kill(-process.processIdentifier, SIGKILL)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        var printed = ""
        var found: Substring?
        while found == nil {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { break }
            printed += String(decoding: data, as: UTF8.self)
            found =
                printed.split(separator: "\n", omittingEmptySubsequences: false).dropLast().lazy.compactMap(port).first
        }
        try body(try #require(found))
    }

    static let hasPython = (try? run("python3", ["-c", "import ssl, http.server"]).status) == 0
}
