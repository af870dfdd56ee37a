/// The latest effects; the oldest makes room for the newest.
struct RecentEffects: Sendable {
    /// The most effects that are kept.
    static let capacity = 10_000
    /// The most bytes of an id that are kept: an id may be as long as a body.
    static let longestID = 256

    private var ring: [(path: [UInt8], id: [UInt8])] = []
    private var oldest = 0

    /// Adds an effect.
    mutating func append(_ id: [UInt8], at path: [UInt8]) {
        let effect = (path: path, id: id.count > Self.longestID ? Array(id.prefix(Self.longestID)) : id)
        guard ring.count == Self.capacity else { return ring.append(effect) }
        ring[oldest] = effect
        oldest = (oldest + 1) % Self.capacity
    }

    /// Returns the ids in the order of their effects.
    /// - Parameter path: excludes effects at other paths.
    func ids(at path: [UInt8]?) -> [[UInt8]] {
        [ring[oldest...], ring[..<oldest]].flatMap { part in
            part.lazy.filter { path == nil || $0.path == path }.map(\.id)
        }
    }
}
