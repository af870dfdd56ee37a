internal import Synchronization

/// A table of values that take long to make and never change. Threads share it.
package final class KeptValues<Value: Sendable>: Sendable {
    private let limit: Int
    private let values = Mutex<[Key: Value]>([:])

    private struct Key: Hashable {
        let bytes: [UInt8]

        /// Hashes all bytes at once: an array hashes one after the other.
        func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
    }

    /// Creates an empty table.
    ///
    /// - Parameter limit: the most values that are kept. A full table is emptied; values in use stay alive.
    package init(limit: Int) { self.limit = limit }

    /// Returns the value of some bytes, making it only if it is not in the table.
    ///
    /// - Throws: what `make` throws; then nothing is kept.
    package func value<Failure>(of bytes: [UInt8], make: () throws(Failure) -> Value) throws(Failure) -> Value {
        let key = Key(bytes: bytes)
        if let value = values.withLock({ $0[key] }) { return value }
        // Outside the lock: two threads may both make the same value, and neither waits for the other.
        let value = try make()
        values.withLock { values in
            if values.count >= limit { values.removeAll() }
            values[key] = value
        }
        return value
    }
}
