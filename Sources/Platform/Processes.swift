#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// This process: its environment and its end.
package enum CurrentProcess {
    /// The value of an environment variable.
    package static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// Ends the process.
    package static func end(with status: Int32) -> Never { exit(status) }

    /// Ends the process without waiting for other threads or running what is registered for its end.
    package static func endAtOnce(with status: Int32) -> Never { _exit(status) }
}

/// A command from the user, run by the shell for its output.
package enum Subprocess {
    /// Why a command returned nothing.
    package enum Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// It could not be started.
        case notStarted(SystemError)
        /// It did not end in time.
        case timedOut
        /// It ended with this status.
        case status(Int32)
        /// It printed more than a mebibyte.
        case printsTooMuch
        /// It was ended because everything ends.
        case stopped

        /// What happened, in a few words that contain nothing the command printed.
        package var description: String {
            switch self {
            case .notStarted(let error): "it could not be started: \(error)"
            case .timedOut: "it did not end in time"
            case .status(let status): "it ended with status \(status)"
            case .printsTooMuch: "it printed more than a mebibyte"
            case .stopped: "the run ended first"
            }
        }
    }

    private static let limit = 1 << 20

    /// Runs a command line and returns what it printed to standard output. Its standard input is empty, and its
    /// standard error is thrown away, because it may hold a secret.
    ///
    /// The command leads a process group. Whatever is left of the group when the command has ended or failed is killed.
    ///
    /// - Parameters:
    ///   - line: the command line for the shell.
    ///   - names: environment variables that the command does not see.
    ///   - deadline: when it must have ended.
    ///   - stop: what ends it before the deadline.
    package static func output(
        of line: String, withholding names: Set<String> = [], by deadline: Deadline, unless stop: StopSignal? = nil
    ) throws(Failure) -> [UInt8] {
        let ending = try ending(of: line, withholding: names, by: deadline, unless: stop)
        guard ending.status == 0 else { throw .status(ending.status) }
        return ending.printed
    }

    /// How a command ended.
    package struct Ending: Sendable, Hashable {
        /// Its status; 128 and more after a signal.
        package let status: Int32
        /// What it printed.
        package let printed: [UInt8]
    }

    /// Runs a command line, and returns how it ended.
    ///
    /// - Parameter joinsErrors: whether what it prints to standard error is kept too. It may hold a secret.
    package static func ending(
        of line: String, joinsErrors: Bool = false, withholding names: Set<String> = [], by deadline: Deadline,
        unless stop: StopSignal? = nil
    ) throws(Failure) -> Ending {
        let pipe: (reader: Int32, writer: Int32)
        do { pipe = try Descriptor.openPipe() } catch { throw .notStarted(error) }
        defer { Descriptor.close(pipe.reader) }
        let started = spawn(line, withholding: names, output: pipe.writer, joinsErrors: joinsErrors)
        Descriptor.close(pipe.writer)
        let leader = try started.get()
        let printed = collect(from: pipe.reader, until: leader, by: deadline, unless: stop)
        // Nobody else can have the group's number before its leader is reaped.
        kill(-leader, SIGKILL)
        let status = reap(leader)
        return Ending(status: status, printed: try printed.get())
    }

    static func spawn(
        _ line: String, withholding names: Set<String>, output: Int32, joinsErrors: Bool = false
    ) -> Result<pid_t, Failure> {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        if joinsErrors {
            posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        }
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        posix_spawnattr_setpgroup(&attributes, 0)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for number in 1..<32 where Int32(number) != SIGKILL && Int32(number) != SIGSTOP {
            sigaddset(&signals, Int32(number))
        }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let words: [UnsafeMutablePointer<CChar>?] = ["/bin/sh", "-c", line].map { (word: String) in strdup(word) }
        defer { for word in words { free(word) } }
        var id = pid_t()
        let status = posix_spawn(
            &id, "/bin/sh", &actions, &attributes, words + [nil], environment(withholding: names) + [nil])
        return status == 0 ? .success(id) : .failure(.notStarted(SystemError(code: status)))
    }

    /// Returns the variables of this process except some.
    private static func environment(withholding names: Set<String>) -> [UnsafeMutablePointer<CChar>?] {
        #if canImport(Darwin)
        var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = _NSGetEnviron().pointee
        #else
        var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
        #endif
        var kept = [UnsafeMutablePointer<CChar>?]()
        while let place = next, let entry = place.pointee {
            let name = String(cString: entry).prefix { $0 != "=" }
            if !names.contains(String(name)) { kept.append(entry) }
            next = place + 1
        }
        return kept
    }

    /// Reads until the leader has ended, even if another process still holds the pipe open.
    private static func collect(
        from reader: Int32, until leader: pid_t, by deadline: Deadline, unless stop: StopSignal?
    ) -> Result<[UInt8], Failure> {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 16_384, alignment: 16)
        defer { memory.deallocate() }
        var bytes = [UInt8]()
        var isOpen = true
        var pause = Duration.microseconds(200)
        var hasEnded = false
        while !hasEnded || isOpen {
            if hasEnded { kill(-leader, SIGKILL) } else { hasEnded = self.hasEnded(leader) }
            if !hasEnded, stop?.isStopped == true { return .failure(.stopped) }
            if !hasEnded, deadline.hasPassed { return .failure(.timedOut) }
            let end = hasEnded ? Deadline(after: .zero) : min(deadline, Deadline(after: pause))
            if isOpen, !Descriptor.wait(reader, for: .readable, by: end).isEmpty {
                let count = (try? Descriptor.read(reader, into: memory)) ?? 0
                isOpen = count > 0
                bytes += memory.prefix(count)
                guard bytes.count <= limit else { return .failure(.printsTooMuch) }
            } else if hasEnded {
                isOpen = false
            } else {
                if !isOpen { MonotonicClock.pause(.nanoseconds(end.remaining)) }
                pause = min(pause * 2, .milliseconds(50))
            }
        }
        return .success(bytes)
    }

    /// Whether a child has ended, which leaves it to be reaped.
    static func hasEnded(_ child: pid_t) -> Bool {
        var info = siginfo_t()
        return waitid(P_PID, id_t(child), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_signo == SIGCHLD
    }

    /// Takes the status of a child that has ended or was killed; one that the system can't end within a second is left.
    static func reap(_ child: pid_t) -> Int32 {
        let deadline = Deadline(after: .seconds(1))
        var status: Int32 = 0
        while waitpid(child, &status, WNOHANG) == 0, !deadline.hasPassed { MonotonicClock.pause(.milliseconds(1)) }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}
