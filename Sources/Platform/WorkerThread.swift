#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A thread of its own, for work that blocks and so must stay out of Swift's cooperative pool.
package final class WorkerThread: @unchecked Sendable {
    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private let handle: pthread_t
    private var isJoined = false

    /// Starts a thread, or gives `nil` when the system allows no more of them.
    package init?(_ body: @escaping @Sendable () -> Void) {
        let work = Unmanaged.passRetained(Work(body))
        #if canImport(Darwin)
        var created: pthread_t?
        let status = pthread_create(&created, nil, { Self.run($0) }, work.toOpaque())
        #else
        var identifier = pthread_t()
        let status = pthread_create(&identifier, nil, { $0.flatMap(WorkerThread.run) }, work.toOpaque())
        let created: pthread_t? = identifier
        #endif
        guard status == 0, let handle = created else {
            work.release()
            return nil
        }
        self.handle = handle
    }

    private static func run(_ work: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
        return nil
    }

    /// Waits until the thread has ended; to be called once, by one thread.
    package func join() {
        isJoined = true
        pthread_join(handle, nil)
    }

    deinit {
        if !isJoined { pthread_detach(handle) }
    }
}
