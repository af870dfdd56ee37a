internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The signals that this process does not leave to the system.
package enum Signals {
    private static let askedToEnd = Atomic<Int32>(0)
    private static let wake = Atomic<Int32>(-1)
    private static let brokenPipesAreIgnored = { signal(SIGPIPE, SIG_IGN) != nil }()

    /// Makes a write to a closed peer or pipe an ordinary error.
    package static func ignoreBrokenPipes() { _ = brokenPipesAreIgnored }

    /// Calls a closure on a separate thread once the process is asked to end: by SIGINT, SIGTERM or SIGHUP, which
    /// counts as SIGTERM. A second signal of the same number ends the process at once.
    ///
    /// SIGHUP stays ignored where it already was, as under `nohup`.
    package static func onRequestToEnd(_ action: @escaping @Sendable () -> Void) throws(SystemError) {
        let (reader, writer) = try Descriptor.openPipe()
        askedToEnd.store(0, ordering: .sequentiallyConsistent)
        wake.store(writer, ordering: .sequentiallyConsistent)
        let thread = WorkerThread {
            _ = Descriptor.wait(reader, for: .readable, by: .never)
            action()
        }
        guard thread != nil else { throw SystemError(code: EAGAIN) }
        for number in [SIGINT, SIGTERM, SIGHUP] {
            let previous = signal(number) { number in
                // Only what POSIX allows in a handler.
                Signals.askedToEnd.store(number, ordering: .sequentiallyConsistent)
                _ = write(Signals.wake.load(ordering: .sequentiallyConsistent), "!", 1)
                signal(number, SIG_DFL)
            }
            let wasIgnored = unsafeBitCast(previous, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
            if number == SIGHUP, wasIgnored { signal(number, SIG_IGN) }
        }
    }

    /// The exit code of the signal by which the process was asked to end, 130 or 143; `nil` when it was not.
    package static var exitCode: Int32? {
        switch askedToEnd.load(ordering: .sequentiallyConsistent) {
        case 0: nil
        case SIGINT: 128 + SIGINT
        default: 128 + SIGTERM
        }
    }
}
