import Foundation
import ReportModel
import Synchronization

/// A program that runs beside the test. It is killed when nobody holds it any more.
final class Running: Sendable {
    private let process: Mutex<Process>
    private let input: FileHandle
    private let stdout = Collector()
    private let stderr = Collector()
    private let ended = DispatchSemaphore(value: 0)
    private let pid: pid_t
    private static let starting = NSLock()

    init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil
    ) throws {
        // A child that ends before it has read its input must not end the tests.
        signal(SIGPIPE, SIG_IGN)
        // Foundation notices the end of a child by a socket that the child holds; a child that is started at the same
        // moment inherits it, and when that one stays, the end of the first is never noticed.
        Self.starting.lock()
        defer { Self.starting.unlock() }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = Command.variables(adding: environment)
        process.currentDirectoryURL = folder
        let (input, output, errors) = (Pipe(), Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        let ended = ended
        process.terminationHandler = { _ in ended.signal() }
        try Self.withSignals { try process.run() }
        pid = process.processIdentifier
        self.process = Mutex(process)
        self.input = input.fileHandleForWriting
        stdout.collect(from: output.fileHandleForReading)
        stderr.collect(from: errors.fileHandleForReading)
    }

    /// A child inherits which signals are held back, and the threads of the pool hold all of them back.
    private static func withSignals(_ body: () throws -> Void) rethrows {
        var none = sigset_t()
        var before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        // It also inherits what is ignored, which is SIGHUP where the tests run under nohup.
        let hangup = signal(SIGHUP, SIG_DFL)
        defer { signal(SIGHUP, hangup) }
        try body()
    }

    deinit {
        try? input.close()
        kill(pid, SIGKILL)
    }

    func write(_ bytes: [UInt8]) {
        if !bytes.isEmpty { try? input.write(contentsOf: Data(bytes)) }
    }

    func closeInput() { try? input.close() }

    func send(_ signal: Int32) { kill(pid, signal) }

    /// Waits for the end, and kills the program when it is late.
    ///
    /// - Returns: the exit status, 128 and more for a signal; `nil` when it was late.
    func wait(seconds: Int) -> Int32? {
        guard ended.wait(timeout: .now() + .seconds(seconds)) == .success else {
            kill(pid, SIGKILL)
            return nil
        }
        stdout.waitForEnd()
        stderr.waitForEnd()
        return process.withLock { process in
            process.terminationReason == .uncaughtSignal ? 128 + process.terminationStatus : process.terminationStatus
        }
    }

    func output(status: Int32) -> Output { Output(status: status, stdout: stdout.bytes, stderr: stderr.bytes) }

    /// Waits until standard output holds a number of whole lines, and gives them.
    func lines(_ count: Int, seconds: Int = 30) throws -> [String] {
        guard let lines = stdout.lines(count, before: Date(timeIntervalSinceNow: Double(seconds))) else {
            throw CommandFailure(
                description:
                    "no \(count) lines of output, but \(String(decoding: stdout.bytes + stderr.bytes, as: UTF8.self))")
        }
        return lines
    }
}

/// The bytes of a pipe as they come.
private final class Collector: @unchecked Sendable {
    private let condition = NSCondition()
    private var collected = [UInt8]()
    private var isAtEnd = false

    func collect(from handle: FileHandle) {
        Thread.detachNewThread { [self] in
            // FileHandle would wait until it has as many bytes as were asked for.
            var chunk = [UInt8](repeating: 0, count: 65_536)
            while case let count = read(handle.fileDescriptor, &chunk, chunk.count), count > 0 {
                condition.withLock {
                    collected += chunk[..<count]
                    condition.broadcast()
                }
            }
            condition.withLock {
                isAtEnd = true
                condition.broadcast()
            }
        }
    }

    var bytes: [UInt8] { condition.withLock { collected } }

    func waitForEnd() {
        condition.withLock { while !isAtEnd { condition.wait() } }
    }

    func lines(_ count: Int, before limit: Date) -> [String]? {
        condition.withLock {
            while collected.count(where: { $0 == 0x0A }) < count {
                if isAtEnd || !condition.wait(until: limit) { return nil }
            }
            return collected.split(separator: 0x0A, omittingEmptySubsequences: false).prefix(count)
                .map { String(decoding: $0, as: UTF8.self) }
        }
    }
}
