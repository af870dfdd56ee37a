internal import Platform
internal import Transport

/// The endpoint's clock: the system's clock with an offset and a speed.
/// At speed 100, a grace period of five minutes passes in three seconds.
package struct EndpointClock: Sendable {
    /// The useful speeds; at a higher one, a second of the endpoint is shorter than a request.
    package static let speeds = 1...1000

    private let start: UInt64
    private let offset: Int64
    private let speed: UInt64
    private let wall: @Sendable () -> UInt64

    /// Starts a clock.
    ///
    /// - Parameters:
    ///   - offset: how far it is ahead of the system's clock, in seconds; negative is behind.
    ///   - speed: how many of its seconds pass in one.
    ///   - wall: the system's clock, in nanoseconds since 1970.
    package init(
        offset: Int64 = 0, speed: Int = 1, wall: @escaping @Sendable () -> UInt64 = { WallClock.nanoseconds() }
    ) {
        start = wall()
        self.offset = offset
        self.speed = UInt64(min(max(speed, Self.speeds.lowerBound), Self.speeds.upperBound))
        self.wall = wall
    }

    /// Unix seconds.
    package func seconds() -> Int64 {
        let now = wall()
        // The system's clock may be set back; the endpoint's then stops until the system's has caught up.
        let passed = now > start ? (now - start) &* speed : 0
        return Int64(truncatingIfNeeded: (start &+ passed) / 1_000_000_000) &+ offset
    }
}
