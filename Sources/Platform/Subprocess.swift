#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A command of the user's, run by the shell for what it prints.
package enum Subprocess {
    /// Why a command gave nothing.
    package enum Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// It could not be started; the number of the system's error.
        case notStarted(Int32)
        /// It did not end in time.
        case timedOut
        /// It ended with this status.
        case status(Int32)
        /// It printed more than was asked for.
        case printsTooMuch

        /// What happened, in a few words that hold nothing the command printed.
        package var description: String {
            switch self {
            case .notStarted(let error): "it could not be started: \(String(cString: strerror(error)))"
            case .timedOut: "it did not end in time"
            case .status(let status): "it ended with status \(status)"
            case .printsTooMuch: "it printed more than a mebibyte"
            }
        }
    }

    private static let limit = 1 << 20

    /// Runs a command line and gives what it printed to standard output. Its standard input is empty, and its standard
    /// error is thrown away, because a secret may stand there.
    ///
    /// - Parameters:
    ///   - line: what the shell is given.
    ///   - deadline: by when it must have ended; it is killed then, with the processes that it started.
    package static func output(of line: String, by deadline: Deadline) throws(Failure) -> [UInt8] {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .notStarted(errno) }
        defer { close(ends[0]) }
        // Another command that is started meanwhile must not hold this pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let process = spawn(line, output: ends[1])
        close(ends[1])
        let id = try process.get()
        let printed = read(ends[0], by: deadline)
        // Those that it started may hold the pipe, so the whole group goes.
        if case .failure = printed { kill(-id, SIGKILL) }
        let status = wait(for: id, by: deadline)
        let bytes = try printed.get()
        guard status == 0 else { throw .status(status) }
        return bytes
    }

    private static func spawn(_ line: String, output: Int32) -> Result<pid_t, Failure> {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        let words: [UnsafeMutablePointer<CChar>?] = ["/bin/sh", "-c", line].map { (word: String) in strdup(word) }
        defer { for word in words { free(word) } }
        var id = pid_t()
        let status = posix_spawn(&id, "/bin/sh", &actions, &attributes, words + [nil], environ)
        return status == 0 ? .success(id) : .failure(.notStarted(status))
    }

    private static func read(_ end: Int32, by deadline: Deadline) -> Result<[UInt8], Failure> {
        var bytes = [UInt8]()
        var piece = [UInt8](repeating: 0, count: 16_384)
        while true {
            var entry = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
            let ready = poll(&entry, 1, deadline.pollTimeout)
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { return .failure(.timedOut) }
            #if canImport(Darwin)
            let count = Darwin.read(end, &piece, piece.count)
            #else
            let count = Glibc.read(end, &piece, piece.count)
            #endif
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return .success(bytes) }
            bytes += piece.prefix(count)
            guard bytes.count <= limit else { return .failure(.printsTooMuch) }
        }
    }

    private static func wait(for id: pid_t, by deadline: Deadline) -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, deadline.hasPassed ? 0 : WNOHANG) == 0 {
            if deadline.hasPassed { kill(-id, SIGKILL) }
            MonotonicClock.pause(.milliseconds(2))
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}
