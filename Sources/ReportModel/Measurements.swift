/// What was measured about a target.
package struct Measurements: Sendable, Hashable {
    /// The distance of the target's clock from ours in seconds, and how sure that is; `nil` without a `Date` header.
    package var clock: ClockOffset?
    /// How far a timestamp may be from now; `nil` when it was not measured.
    package var window: Window?
    /// For how long a replaced secret stayed good; `nil` when it was not measured.
    package var grace: Grace?
    /// For how long a delivery is remembered; `nil` when it was not measured.
    package var memory: Memory?
    /// Which unusual bytes reach the endpoint.
    package var transport: [TransportFeature: Delivery] = [:]

    /// Creates measurements.
    package init(
        clock: ClockOffset? = nil, window: Window? = nil, transport: [TransportFeature: Delivery] = [:]
    ) {
        self.clock = clock
        self.window = window
        self.transport = transport
    }

    /// The distance of two clocks.
    package struct ClockOffset: Sendable, Hashable {
        /// Seconds to add to our clock to get the target's.
        package var seconds: Double
        /// How far off that may be, in seconds.
        package var uncertainty: Double

        /// Creates a distance.
        package init(seconds: Double, uncertainty: Double) {
            self.seconds = seconds
            self.uncertainty = uncertainty
        }
    }

    /// The measured edges of freshness, in seconds; `nil` where no limit was found.
    package struct Window: Sendable, Hashable {
        /// The greatest age that was accepted.
        package var past: Int64?
        /// The greatest distance ahead that was accepted.
        package var future: Int64?

        /// Creates a window.
        package init(past: Int64?, future: Int64?) {
            self.past = past
            self.future = future
        }
    }

    /// How long a replaced secret stayed good, in whole seconds of the target's clock.
    package struct Grace: Sendable, Hashable {
        /// The middle between the last request that was accepted and the first that was refused.
        package var seconds: Int64
        /// How far off that may be.
        package var uncertainty: Int64

        /// Creates a measurement.
        package init(seconds: Int64, uncertainty: Int64) {
            self.seconds = seconds
            self.uncertainty = uncertainty
        }

        /// Creates a measurement from what was accepted at its lower bound and refused at its upper one.
        package init(between bounds: ClosedRange<Double>) {
            seconds = Int64(((bounds.lowerBound + bounds.upperBound) / 2).rounded())
            uncertainty = max(1, Int64(((bounds.upperBound - bounds.lowerBound) / 2).rounded(.up)))
        }
    }

    /// How long a delivery is remembered, in seconds.
    package struct Memory: Sendable, Hashable {
        /// It still was.
        package var atLeast: Int64?
        /// It no longer was; `nil` when that was not seen.
        package var lessThan: Int64?

        /// Creates a measurement.
        package init(atLeast: Int64?, lessThan: Int64?) {
            self.atLeast = atLeast
            self.lessThan = lessThan
        }
    }

    /// What became of a valid request with something unusual in it.
    package enum Delivery: Sendable, Hashable {
        /// It was accepted.
        case delivered
        /// It was refused.
        case refused(CaseResult.Observed)
    }
}

/// Something unusual in a request that a path may not deliver.
package enum TransportFeature: String, Sendable, Hashable, CaseIterable {
    /// Two lines with the same name.
    case duplicateHeaders = "duplicate-headers"
    /// Header names in odd case.
    case oddCase = "odd-case"
    /// Bytes above 0x7F in a header value.
    case nonASCIIBytes = "non-ascii-bytes"
    /// A body in chunks.
    case chunkedBody = "chunked-body"
    /// A field after a body in chunks.
    case trailers
    /// Header lines of 2 KiB in all.
    case headerBlock2KiB = "header-block-of-2-kib"
    /// Header lines of 4 KiB in all.
    case headerBlock4KiB = "header-block-of-4-kib"
    /// Header lines of 8 KiB in all.
    case headerBlock8KiB = "header-block-of-8-kib"
    /// Header lines of 16 KiB in all.
    case headerBlock16KiB = "header-block-of-16-kib"
    /// Control characters or blanks where HTTP has none, which most servers refuse before any endpoint sees them.
    case malformedLines = "malformed-header-lines"

    /// The bytes of header lines that the feature has; `nil` when it is about something else.
    package var headerBytes: Int? {
        switch self {
        case .headerBlock2KiB: 2 << 10
        case .headerBlock4KiB: 4 << 10
        case .headerBlock8KiB: 8 << 10
        case .headerBlock16KiB: 16 << 10
        default: nil
        }
    }
}
