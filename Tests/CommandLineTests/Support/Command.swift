import Foundation
import ReportModel
import Synchronization

/// What a command left behind.
struct Output: Sendable {
    let status: Int32
    let stdout: [UInt8]
    let stderr: [UInt8]

    var text: String { String(decoding: stdout, as: UTF8.self) }
    var errors: String { String(decoding: stderr, as: UTF8.self) }
}

/// Why a command gave no output.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String
}

/// Runs programs as a user would: with arguments, variables and standard input, and with a deadline.
enum Command {
    /// Runs the built tool.
    static func countersign(
        _ arguments: String..., environment: [String: String] = [:], input: [UInt8] = [],
        in folder: URL? = nil, deadline: Int = 120
    ) async throws -> Output {
        try await run(
            try tool.path, arguments, environment: environment, input: input, in: folder, deadline: deadline)
    }

    /// Runs a script with the shell that every system has; `countersign` is in its PATH.
    static func sh(
        _ script: String, environment: [String: String] = [:], input: [UInt8] = [], in folder: URL? = nil
    ) async throws -> Output {
        try await run("/bin/sh", ["-c", script], environment: environment, input: input, in: folder, deadline: 120)
    }

    /// Runs any program, and kills it when the deadline, in seconds, has passed.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = [],
        in folder: URL? = nil, deadline: Int
    ) async throws -> Output {
        await Places.take()
        defer { Places.giveBack() }
        let running = try Running(program, arguments, environment: environment, in: folder)
        return try await withCheckedThrowingContinuation { continuation in
            // Waiting blocks, and must stay out of the pool that the tests share.
            Thread.detachNewThread {
                running.write(input)
                running.closeInput()
                let status = running.wait(seconds: deadline)
                continuation.resume(
                    with: status.map { .success(running.output(status: $0)) }
                        ?? .failure(CommandFailure(description: "\(program) \(arguments) ran into its deadline")))
            }
        }
    }

    /// The built tool, which stands beside the test bundle.
    static var tool: URL {
        get throws {
            let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? Bundle.main
            let beside =
                bundle.bundlePath.hasSuffix(".xctest") ? bundle.bundleURL.deletingLastPathComponent() : bundle.bundleURL
            let tool = beside.appendingPathComponent("countersign")
            guard FileManager.default.isExecutableFile(atPath: tool.path) else {
                throw CommandFailure(description: "the tool is not at \(tool.path)")
            }
            return tool
        }
    }

    /// Gives the variables of a child: those that programs need, and the ones given. Colour and width do not depend on
    /// who runs the tests.
    static func variables(adding own: [String: String]) -> [String: String] {
        let inherited = ProcessInfo.processInfo.environment
        var variables = ["LC_ALL": "C.UTF-8"]
        for name in ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"] { variables[name] = inherited[name] }
        if let folder = try? tool.deletingLastPathComponent().path {
            variables["PATH"] = "\(folder):\(variables["PATH"] ?? "/usr/bin:/bin")"
        }
        return variables.merging(own) { _, own in own }
    }

    /// Tells whether a program is in the PATH.
    static func isInstalled(_ program: String) -> Bool {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
        }
    }
}

/// A few places for programs that run to their end, so that a machine with few cores is not asked for all at once, and
/// deadlines mean what they say. Most programs wait for most of their time, so that a core has room for several.
private enum Places {
    private struct State {
        var free = 4 * ProcessInfo.processInfo.activeProcessorCount
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private static let state = Mutex(State())

    static func take() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.free == 0 {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    static func giveBack() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if state.waiting.isEmpty {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
