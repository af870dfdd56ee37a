import Foundation
import Testing

@testable import Platform

@Suite("A command") struct SubprocessTests {
    private static var soon: Deadline { Deadline(after: .milliseconds(300)) }
    private static var patience: Deadline { Deadline(after: .seconds(30)) }

    private static func text(
        _ line: String, withholding names: Set<String> = [], by deadline: Deadline = patience
    ) throws -> String {
        String(decoding: try Subprocess.output(of: line, withholding: names, by: deadline), as: UTF8.self)
    }

    private static func failure(_ line: String, by deadline: Deadline = patience) -> Subprocess.Failure? {
        do throws(Subprocess.Failure) {
            _ = try Subprocess.output(of: line, by: deadline)
            return nil
        } catch { return error }
    }

    @Test("returns its whole output", arguments: [0, 1, 100_000, 1 << 20])
    func prints(count: Int) throws {
        let line = "head -c \(count) /dev/zero; echo nothing >&2"
        #expect(try Subprocess.output(of: line, by: Self.patience) == [UInt8](repeating: 0, count: count))
    }

    @Test("returns its status with what it printed, errors too when asked for")
    func ending() throws {
        let line = "echo out; echo error >&2; exit 4"
        let joined = try Subprocess.ending(of: line, joinsErrors: true, by: Self.patience)
        #expect(joined == Subprocess.Ending(status: 4, printed: Array("out\nerror\n".utf8)))
        let plain = try Subprocess.ending(of: line, by: Self.patience)
        #expect(plain == Subprocess.Ending(status: 4, printed: Array("out\n".utf8)))
    }

    @Test("that fails reports how") func failures() {
        #expect(Self.failure("exit 7") == .status(7))
        #expect(Self.failure("kill -9 $$") == .status(137))
        #expect(Self.failure("head -c 2000000 /dev/zero") == .printsTooMuch)
        #expect(Self.failure("cat") == nil)
    }

    @Test(
        "that stays is ended by the deadline, whatever it does",
        arguments: [
            "sleep 60", "exec >&-; sleep 60", "exec >&- 2>&- <&-; sleep 60", "trap '' TERM INT HUP; sleep 60; sleep 60",
            "kill -STOP $$", "while :; do :; done", "sleep 60 & sleep 60",
        ])
    func stays(_ line: String) {
        let start = MonotonicClock.nanoseconds()
        #expect(Self.failure(line, by: Self.soon) == .timedOut)
        #expect(MonotonicClock.nanoseconds() - start < 20_000_000_000)
    }

    @Test(
        "is over when it has ended, and nothing of it is left",
        arguments: ["sleep 60 & echo $!", "sleep 60 >/dev/null 2>&1 & echo $!", "yes >/dev/null & echo $!"])
    func leavesNothing(_ line: String) throws {
        let printed = try Self.text(line).prefix { $0 != "\n" }
        let process = try #require(pid_t(printed))
        // It may take a moment to die; what is dead may stay listed until its new parent takes note.
        let deadline = Self.patience
        while kill(process, 0) == 0, !isDead(process) {
            try #require(!deadline.hasPassed, "\(process) is still there")
            WorkerThread.yieldProcessor()
        }
    }

    private func isDead(_ process: pid_t) -> Bool {
        let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
        return status?.split(separator: " ").dropFirst(2).first.map { $0 == "Z" || $0 == "X" } ?? false
    }

    @Test("that fails is reported even if it leaves processes running") func failsAndLeaves() {
        #expect(Self.failure("sleep 60 & exit 3") == .status(3))
        #expect(Self.failure("yes & exit 0") == .printsTooMuch || Self.failure("yes & exit 0") == nil)
    }

    @Test("does not see the variables that are withheld, and sees the others") func environment() throws {
        try #require(CurrentProcess.environment("HOME")?.isEmpty == false)
        let line = #"printf '%s' "${HOME-none}|${PATH-none}""#
        let path = try #require(CurrentProcess.environment("PATH"))
        #expect(try Self.text(line) == "\(try #require(CurrentProcess.environment("HOME")))|\(path)")
        #expect(try Self.text(line, withholding: ["HOME", "ABSENT", "PAT"]) == "none|\(path)")
    }

    @Test(
        "has every signal as the system has it, and none blocked",
        .enabled(if: access("/proc/self/status", R_OK) == 0, "no /proc"))
    func signals() throws {
        Signals.ignoreBrokenPipes()
        var blocked = sigset_t()
        var previous = sigset_t()
        sigemptyset(&blocked)
        sigaddset(&blocked, SIGUSR1)
        sigaddset(&blocked, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &blocked, &previous)
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        for mask in ["SigBlk", "SigIgn"] {
            let printed = try Self.text("sed -n 's/^\(mask):[[:space:]]*//p' /proc/self/status | tr -d '\\n'")
            // The two after the 31 of POSIX are the C library's own.
            #expect(try #require(UInt64(printed, radix: 16)) & 0x7FFF_FFFF == 0, "\(mask)")
        }
    }
}
