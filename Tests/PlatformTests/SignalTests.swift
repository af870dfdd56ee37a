import Foundation
import Synchronization
import Testing

@testable import Platform

/// The handlers are those of the whole process: one test at a time, each leaving the defaults.
@Suite("A signal", .serialized) struct SignalTests {
    private static let numbers = [SIGINT, SIGTERM, SIGHUP]

    /// Sends a signal to this thread, whatever the test runner blocks.
    private func send(_ number: Int32) {
        var one = sigset_t()
        var previous = sigset_t()
        sigemptyset(&one)
        sigaddset(&one, number)
        pthread_sigmask(SIG_UNBLOCK, &one, &previous)
        pthread_kill(pthread_self(), number)
        pthread_sigmask(SIG_SETMASK, &previous, nil)
    }

    private func restoringDefaults(_ body: () throws -> Void) rethrows {
        defer { for number in Self.numbers { signal(number, SIG_DFL) } }
        for number in Self.numbers { signal(number, SIG_DFL) }
        try body()
    }

    @Test(
        "asks the process to end, on a thread, once",
        arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 143)] as [(Int32, Int32)])
    func ends(_ number: Int32, _ code: Int32) throws {
        try restoringDefaults {
            let calls = Monitor(0)
            try Signals.onRequestToEnd { calls.change { $0 += 1 } }
            #expect(Signals.exitCode == nil)
            send(number)
            calls.wait(by: Deadline(after: .seconds(30))) { $0 > 0 }
            #expect(calls.change { $0 } == 1)
            #expect(Signals.exitCode == code)
            // The next one ends the process.
            #expect(unsafeBitCast(signal(number, SIG_DFL), to: Int.self) == unsafeBitCast(SIG_DFL, to: Int.self))
        }
    }

    @Test("that was ignored from the start, as under nohup, stays ignored") func nohup() throws {
        try restoringDefaults {
            signal(SIGHUP, SIG_IGN)
            try Signals.onRequestToEnd {}
            #expect(unsafeBitCast(signal(SIGHUP, SIG_DFL), to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self))
        }
    }

    @Test("may come while something else changes shared state") func changesMeanwhile() throws {
        try restoringDefaults {
            let state = Monitor(0)
            try Signals.onRequestToEnd { state.change { $0 += 1 } }
            // A handler that took the lock itself would wait here for ever.
            state.change { _ in send(SIGTERM) }
            let deadline = Deadline(after: .seconds(30))
            state.wait(by: deadline) { $0 == 1 }
            #expect(!deadline.hasPassed)
        }
    }

    @Test(
        "ends a hidden question, and the terminal shows again what is typed",
        .enabled(if: access("/dev/ptmx", R_OK) == 0, "no /dev/ptmx")) func question() throws
    {
        try restoringDefaults {
            let terminal = try PseudoTerminal()
            let stop = StopSignal()
            try Signals.onRequestToEnd { stop.stop() }
            let answer = Monitor<[UInt8]??>(nil)
            let thread = WorkerThread {
                let line = Terminal.askHidden("Secret: ", on: terminal.line, from: terminal.line, unless: stop)
                answer.change { $0 = .some(line) }
            }
            try terminal.waitUntil(showsInput: false)
            send(SIGINT)
            answer.wait(by: Deadline(after: .seconds(30))) { $0 != nil }
            #expect(answer.change { $0 } == .some(nil))
            #expect(terminal.showsInput)
            thread?.join()
        }
    }

    @Test(
        "that does not come leaves a hidden question its answer",
        .enabled(if: access("/dev/ptmx", R_OK) == 0, "no /dev/ptmx")) func answered() throws
    {
        try restoringDefaults {
            try Signals.onRequestToEnd {}
            let terminal = try PseudoTerminal()
            let answer = Monitor<[UInt8]??>(nil)
            let thread = WorkerThread {
                let line = Terminal.askHidden(
                    "Secret: ", on: terminal.line, from: terminal.line, unless: StopSignal())
                answer.change { $0 = .some(line) }
            }
            try terminal.waitUntil(showsInput: false)
            try Descriptor.write(Array("hidden words\n".utf8), to: terminal.keyboard)
            answer.wait(by: Deadline(after: .seconds(30))) { $0 != nil }
            #expect(answer.change { $0 } == .some(Array("hidden words".utf8)))
            thread?.join()
            #expect(terminal.showsInput)
            var shown = [UInt8](repeating: 0, count: 200)
            let count = try shown.withUnsafeMutableBytes { try Descriptor.read(terminal.keyboard, into: $0) }
            #expect(!String(decoding: shown.prefix(count), as: UTF8.self).contains("hidden"))
        }
    }
}

/// Both ends of a terminal that is only there for the test.
private final class PseudoTerminal: Sendable {
    let keyboard: Int32
    let line: Int32

    init() throws {
        // The C library's functions for this are not imported: these are Linux's own calls.
        keyboard = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var (isLocked, number): (Int32, Int32) = (0, -1)
        let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
        try #require(ioctl(keyboard, setLock, &isLocked) == 0 && ioctl(keyboard, getNumber, &number) == 0)
        line = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        try #require(line >= 0)
    }

    deinit {
        close(keyboard)
        close(line)
    }

    var showsInput: Bool {
        var settings = termios()
        return tcgetattr(line, &settings) == 0 && settings.c_lflag & tcflag_t(ECHO) != 0
    }

    func waitUntil(showsInput wanted: Bool) throws {
        let deadline = Deadline(after: .seconds(30))
        while showsInput != wanted {
            try #require(!deadline.hasPassed, "the question is not asked")
            WorkerThread.yieldProcessor()
        }
    }
}
