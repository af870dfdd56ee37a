package import Schemes
package import Timing

/// What was measured about a target.
package struct Measurements: Sendable, Hashable {
    /// The offset of the target's clock from ours in seconds, with its uncertainty; `nil` without a `Date` header.
    package var clock: ClockOffset?
    /// How far a timestamp may be from now; `nil` when it was not measured.
    package var window: Window?
    /// How long a replaced secret stayed valid; `nil` when it was not measured.
    package var grace: Grace?
    /// How long a delivery is remembered; `nil` when it was not measured.
    package var memory: Memory?
    /// Which unusual bytes reach the endpoint.
    package var transport: [TransportFeature: Delivery] = [:]
    /// How long rejections take, by the id of the case that asked.
    package var comparisons: [String: TimingResult] = [:]
    /// What the scheme's document says of the same.
    package var documented = Documented()
    /// What was to be measured and could not be.
    package var failed: Set<Quantity> = []

    /// Something that is measured.
    package enum Quantity: String, Sendable, Hashable, CaseIterable {
        case clock, window, grace, memory
    }

    /// Creates measurements.
    package init(
        clock: ClockOffset? = nil, window: Window? = nil, transport: [TransportFeature: Delivery] = [:]
    ) {
        self.clock = clock
        self.window = window
        self.transport = transport
    }

    /// The offset between two clocks.
    package struct ClockOffset: Sendable, Hashable {
        /// Seconds to add to our clock to get the target's.
        package var seconds: Double
        /// The uncertainty, in seconds.
        package var uncertainty: Double

        /// Creates an offset.
        package init(seconds: Double, uncertainty: Double) {
            self.seconds = seconds
            self.uncertainty = uncertainty
        }
    }

    /// The measured limits of freshness, in seconds; `nil` where no limit was found.
    package struct Window: Sendable, Hashable {
        /// The greatest age that was accepted.
        package var past: Int64?
        /// The furthest future timestamp that was accepted.
        package var future: Int64?

        /// Creates a window.
        package init(past: Int64?, future: Int64?) {
            self.past = past
            self.future = future
        }
    }

    /// How long a replaced secret stayed valid, in whole seconds of the target's clock.
    package struct Grace: Sendable, Hashable {
        /// The midpoint between the last request that was accepted and the first that was rejected.
        package var seconds: Int64
        /// The uncertainty.
        package var uncertainty: Int64

        /// Creates a measurement.
        package init(seconds: Int64, uncertainty: Int64) {
            self.seconds = seconds
            self.uncertainty = uncertainty
        }

        /// Creates a measurement from the times of the last acceptance and the first rejection.
        package init(between bounds: ClosedRange<Double>) {
            seconds = Int64(((bounds.lowerBound + bounds.upperBound) / 2).rounded())
            uncertainty = max(1, Int64(((bounds.upperBound - bounds.lowerBound) / 2).rounded(.up)))
        }
    }

    /// How long a delivery is remembered, in seconds.
    package struct Memory: Sendable, Hashable {
        /// The longest time after which it was still remembered.
        package var atLeast: Int64?
        /// The time after which it was forgotten; `nil` when that was not observed.
        package var lessThan: Int64?

        /// Creates a measurement.
        package init(atLeast: Int64?, lessThan: Int64?) {
            self.atLeast = atLeast
            self.lessThan = lessThan
        }
    }

    /// The limits in a scheme's document, in seconds; `nil` where it sets none.
    package struct Documented: Sendable, Hashable {
        /// The greatest age of a timestamp.
        package var past: Int64?
        /// The furthest future timestamp.
        package var future: Int64?
        /// How long a replaced secret stays valid.
        package var grace: Int64?
        /// How long a delivery is remembered.
        package var memory: Int64?

        /// Creates limits.
        package init(past: Int64? = nil, future: Int64? = nil, grace: Int64? = nil, memory: Int64? = nil) {
            self.past = past
            self.future = future
            self.grace = grace
            self.memory = memory
        }

        /// Reads the limits of a scheme.
        package init(_ scheme: Scheme) {
            past = scheme.freshness?.past
            future = scheme.freshness?.future
            grace = scheme.rotation?.grace.map(Int64.init)
            memory = scheme.replayWindow.map(Int64.init)
        }
    }

    /// What happened to a valid request with an unusual feature.
    package enum Delivery: Sendable, Hashable {
        /// It was accepted.
        case delivered
        /// It was rejected.
        case refused(CaseResult.Observed)
    }
}

/// An unusual feature of a request that the path to an endpoint may not deliver.
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
    /// Header lines of almost 2 KiB in all.
    case headerBlock2KiB = "header-block-of-2-kib"
    /// Header lines of almost 4 KiB in all.
    case headerBlock4KiB = "header-block-of-4-kib"
    /// Header lines of almost 8 KiB in all.
    case headerBlock8KiB = "header-block-of-8-kib"
    /// Header lines of almost 16 KiB in all.
    case headerBlock16KiB = "header-block-of-16-kib"
    /// Control characters or spaces where HTTP allows none; most servers reject them before any endpoint sees them.
    case malformedLines = "malformed-header-lines"
    /// A body of 128 KiB.
    case body128KiB = "body-of-128-kib"
    /// A body of 1 MiB.
    case body1MiB = "body-of-1-mib"
    /// The method GET.
    case getMethod = "get-method"
    /// The method HEAD.
    case headMethod = "head-method"
    /// The method PUT.
    case putMethod = "put-method"
    /// The method PATCH.
    case patchMethod = "patch-method"
    /// The method DELETE.
    case deleteMethod = "delete-method"
    /// The method OPTIONS.
    case optionsMethod = "options-method"
    /// The method POST in lower case, which is another method (RFC 9110 §9.1).
    case lowerCaseMethod = "lower-case-method"
    /// A method that nobody knows.
    case unknownMethod = "unknown-method"

    /// Whether HTTP forbids it: then a refusal is right, and the endpoint is only out of reach.
    package var isForbidden: Bool { self == .malformedLines }

    /// The bytes of header lines that the feature has; `nil` when it is about something else. Servers' limits are such
    /// powers of two, and count the request line too.
    package var headerBytes: Int? {
        switch self {
        case .headerBlock2KiB: (2 << 10) - Self.roomForRequestLine
        case .headerBlock4KiB: (4 << 10) - Self.roomForRequestLine
        case .headerBlock8KiB: (8 << 10) - Self.roomForRequestLine
        case .headerBlock16KiB: (16 << 10) - Self.roomForRequestLine
        default: nil
        }
    }

    /// The bytes of body that the feature has; `nil` when it is about something else.
    package var bodyBytes: Int? {
        switch self {
        case .body128KiB: 128 << 10
        case .body1MiB: 1 << 20
        default: nil
        }
    }

    /// The method that the feature is about, if it is about one.
    package var method: String? {
        switch self {
        case .getMethod: "GET"
        case .headMethod: "HEAD"
        case .putMethod: "PUT"
        case .patchMethod: "PATCH"
        case .deleteMethod: "DELETE"
        case .optionsMethod: "OPTIONS"
        case .lowerCaseMethod: "post"
        case .unknownMethod: "COUNTERSIGN"
        default: nil
        }
    }

    /// Whether it is tried only when a probe of this form was turned away: long bodies take their time, and another
    /// method may do something.
    package var isTriedLate: Bool { bodyBytes != nil || method != nil }

    private static let roomForRequestLine = 256
}
