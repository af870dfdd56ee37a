#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// State shared by threads, with a way to wait for changes.
package final class Monitor<State>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var state: State

    /// Creates the shared state.
    package init(_ state: State) {
        self.state = state
        pthread_mutex_init(mutex, nil)
        #if canImport(Darwin)
        pthread_cond_init(condition, nil)
        #else
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
        #endif
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Changes the state and wakes all waiting threads.
    package func change<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        defer { pthread_cond_broadcast(condition) }
        return try body(&state)
    }

    /// Waits until the state meets a condition, and changes it before any other thread can.
    package func whenever(_ isWanted: (State) -> Bool, do body: (inout State) -> Void) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !isWanted(state) { pthread_cond_wait(condition, mutex) }
        body(&state)
        pthread_cond_broadcast(condition)
    }

    /// Waits until the state meets a condition.
    package func wait(until isWanted: (State) -> Bool) { whenever(isWanted) { _ in } }

    /// Waits until the state meets a condition or the deadline passes.
    package func wait(by deadline: Deadline, until isWanted: (State) -> Bool) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !isWanted(state), !deadline.hasPassed {
            #if canImport(Darwin)
            var span = timespec(nanoseconds: deadline.remaining)
            pthread_cond_timedwait_relative_np(condition, mutex, &span)
            #else
            var end = timespec(nanoseconds: deadline.nanoseconds)
            pthread_cond_timedwait(condition, mutex, &end)
            #endif
        }
    }
}

/// A separate thread, for work that blocks and so must stay out of Swift's cooperative pool.
package final class WorkerThread: @unchecked Sendable {
    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private let handle: pthread_t
    private var isJoined = false

    /// Starts a thread; `nil` when the system allows no more.
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

    /// Waits until the thread has ended; call it once, from one thread.
    package func join() {
        isJoined = true
        pthread_join(handle, nil)
    }

    deinit {
        if !isJoined { pthread_detach(handle) }
    }

    /// Lets another thread have the processor.
    package static func yieldProcessor() { sched_yield() }
}
