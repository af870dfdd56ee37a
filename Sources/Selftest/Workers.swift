internal import Platform
internal import Synchronization

/// Work that is shared out to some threads.
enum Workers {
    /// Returns the results of a function over a list, in its order.
    ///
    /// - Parameters:
    ///   - count: how many calls run concurrently.
    ///   - progress: called with the number of results that are there.
    /// - Throws: the error of the first element that has one.
    static func map<Element: Sendable, Output: Sendable>(
        _ elements: [Element], count: Int, progress: @escaping @Sendable (Int) -> Void = { _ in },
        _ transform: @escaping @Sendable (Element) throws -> Output
    ) throws -> [Output] {
        let next = Atomic<Int>(0)
        let found = Mutex<[Int: Result<Output, any Error>]>([:])
        let work: @Sendable () -> Void = {
            while true {
                let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard place < elements.count else { return }
                let result = Result { try transform(elements[place]) }
                progress(
                    found.withLock { found in
                        found[place] = result
                        return found.count
                    })
            }
        }
        let threads = (1..<max(1, count)).compactMap { _ in WorkerThread(work) }
        work()
        for thread in threads { thread.join() }
        let results = found.withLock { $0 }
        return try elements.indices.compactMap { try results[$0]?.get() }
    }
}

/// A value that another thread computes.
package final class ConcurrentValue<Value: Sendable>: Sendable {
    private let result = Monitor<Result<Value, any Error>?>(nil)

    /// Begins to compute it; at once, when the system allows no more threads.
    package init(_ body: @escaping @Sendable () throws -> Value) {
        let compute: @Sendable () -> Void = { [result] in
            let computed = Result { try body() }
            result.change { $0 = computed }
        }
        if WorkerThread(compute) == nil { compute() }
    }

    /// Waits for it.
    ///
    /// - Throws: what the computation threw.
    package func get() throws -> Value? {
        result.wait { $0 != nil }
        return try result.change { try $0?.get() }
    }
}
