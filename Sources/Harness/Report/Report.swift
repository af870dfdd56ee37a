public import Catalogue

/// What a run found. JSON is its canonical form, and every other format is a view of that.
public struct Report: Sendable {
    /// Whether the run came to its end.
    public var complete: Bool
    /// The exit code of the run.
    public var exit: Int
    /// What was run.
    public var run: RunDescription
    /// The totals.
    public var summary: Summary
    /// What was measured about the target.
    public var measurements: Measurements
    /// Why the run as a whole is inconclusive, in words; `nil` when it is not.
    public var cause: String?
    /// The results in the order of the catalogue.
    public var cases: [CaseResult]
    /// Everything that differs from run to run: times, ids, requests and answers.
    public var timing: RunTiming

    /// Creates a report; its summary is counted from the results.
    public init(
        complete: Bool, exit: Int, run: RunDescription, measurements: Measurements, cause: String?,
        cases: [CaseResult], timing: RunTiming
    ) {
        self.complete = complete
        self.exit = exit
        self.run = run
        summary = Summary(cases)
        self.measurements = measurements
        self.cause = cause
        self.cases = cases
        self.timing = timing
    }

    /// What was run. The same inputs give the same description.
    public struct RunDescription: Sendable, Hashable {
        /// A name made from the inputs.
        public var id: String
        /// The scheme's name.
        public var scheme: String
        /// Which of the scheme's payloads.
        public var payload: String
        /// The target's name.
        public var target: String
        /// The levels that were run: `must`, `should` or `all`.
        public var level: String
        /// The levels that fail a run: `must` or `should`.
        public var enforce: String
        /// How much was run.
        public var profile: Profile
        /// What the order was drawn from.
        public var seed: UInt64
        /// The digest of the scheme's vectors, `sha256:` and hexadecimal.
        public var vectors: String
        /// What a reader must know: TLS without verification, for example.
        public var remarks: [String]

        /// Creates a description.
        public init(
            id: String, scheme: String, payload: String, target: String, level: String, enforce: String,
            profile: Profile, seed: UInt64, vectors: String, remarks: [String]
        ) {
            self.id = id
            self.scheme = scheme
            self.payload = payload
            self.target = target
            self.level = level
            self.enforce = enforce
            self.profile = profile
            self.seed = seed
            self.vectors = vectors
            self.remarks = remarks
        }
    }

    /// The totals.
    public struct Summary: Sendable, Hashable {
        /// Cases in the report.
        public var cases = 0
        /// As expected.
        public var passed = 0
        /// Not as expected, and enforced.
        public var failed = 0
        /// A `should` not met.
        public var warned = 0
        /// A `may`, worth knowing.
        public var noted = 0
        /// Known failures.
        public var waived = 0
        /// Not told.
        public var inconclusive = 0
        /// Not run.
        public var skipped = 0
        /// Passes in which the target refused a probe after it had accepted its control.
        public var discriminating = 0

        /// Counts results.
        public init(_ results: [CaseResult]) {
            cases = results.count
            for result in results {
                switch result.outcome {
                case .pass: passed += 1
                case .fail: failed += 1
                case .warn: warned += 1
                case .note: noted += 1
                case .waived: waived += 1
                case .inconclusive: inconclusive += 1
                case .skipped: skipped += 1
                }
                if result.isDiscriminating { discriminating += 1 }
            }
        }
    }
}

/// What was measured about a target.
public struct Measurements: Sendable, Hashable {
    /// The distance of the target's clock from ours in seconds, and how sure that is; `nil` without a `Date` header.
    public var clock: ClockOffset?
    /// How far a timestamp may be from now; `nil` when it was not measured.
    public var window: Window?
    /// For how long a replaced secret stayed good; `nil` when it was not measured.
    public var grace: Grace?
    /// For how long a delivery is remembered; `nil` when it was not measured.
    public var memory: Memory?
    /// Which unusual bytes reach the endpoint.
    public var transport: [TransportFeature: Delivery] = [:]

    /// Creates measurements.
    public init(
        clock: ClockOffset? = nil, window: Window? = nil, transport: [TransportFeature: Delivery] = [:]
    ) {
        self.clock = clock
        self.window = window
        self.transport = transport
    }

    /// The distance of two clocks.
    public struct ClockOffset: Sendable, Hashable {
        /// Seconds to add to our clock to get the target's.
        public var seconds: Double
        /// How far off that may be, in seconds.
        public var uncertainty: Double

        /// Creates a distance.
        public init(seconds: Double, uncertainty: Double) {
            self.seconds = seconds
            self.uncertainty = uncertainty
        }
    }

    /// The measured edges of freshness, in seconds; `nil` where no limit was found.
    public struct Window: Sendable, Hashable {
        /// The greatest age that was accepted.
        public var past: Int64?
        /// The greatest distance ahead that was accepted.
        public var future: Int64?

        /// Creates a window.
        public init(past: Int64?, future: Int64?) {
            self.past = past
            self.future = future
        }
    }

    /// How long a replaced secret stayed good, in whole seconds of the target's clock.
    public struct Grace: Sendable, Hashable {
        /// The middle between the last request that was accepted and the first that was refused.
        public var seconds: Int64
        /// How far off that may be.
        public var uncertainty: Int64

        /// Creates a measurement.
        public init(seconds: Int64, uncertainty: Int64) {
            self.seconds = seconds
            self.uncertainty = uncertainty
        }

        /// Creates a measurement from what was accepted at its lower bound and refused at its upper one.
        public init(between bounds: ClosedRange<Double>) {
            seconds = Int64(((bounds.lowerBound + bounds.upperBound) / 2).rounded())
            uncertainty = max(1, Int64(((bounds.upperBound - bounds.lowerBound) / 2).rounded(.up)))
        }
    }

    /// How long a delivery is remembered, in seconds.
    public struct Memory: Sendable, Hashable {
        /// It still was.
        public var atLeast: Int64?
        /// It no longer was; `nil` when that was not seen.
        public var lessThan: Int64?

        /// Creates a measurement.
        public init(atLeast: Int64?, lessThan: Int64?) {
            self.atLeast = atLeast
            self.lessThan = lessThan
        }
    }

    /// What became of a valid request with something unusual in it.
    public enum Delivery: Sendable, Hashable {
        /// It was accepted.
        case delivered
        /// It was refused, with this status or failure.
        case refused(String)
    }
}

/// Something unusual in a request that a path may not deliver.
public enum TransportFeature: String, Sendable, Hashable, CaseIterable {
    /// Two lines with the same name.
    case duplicateHeaders = "duplicate-headers"
    /// Header names in odd case.
    case oddCase = "odd-case"
    /// Bytes above 0x7F in a header value.
    case nonASCIIBytes = "non-ascii-bytes"
    /// A body in chunks.
    case chunkedBody = "chunked-body"
    /// Control characters or blanks where HTTP has none, which most servers refuse before any endpoint sees them.
    case malformedLines = "malformed-header-lines"
}
