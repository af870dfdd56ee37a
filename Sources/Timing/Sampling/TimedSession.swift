/// A way to a subject on which the time to an answer can be measured, for one thread at a time. The measurement knows
/// nothing else of what it times.
package protocol TimedSession: AnyObject {
    /// Hands a request to the subject in one piece and returns what came of it. It never throws and always returns.
    ///
    /// The clock starts just before the delay and stops at the first byte of the answer; whatever else must be done, it
    /// does outside of that.
    ///
    /// - Parameters:
    ///   - request: the bytes of the request.
    ///   - delay: how long to wait after the start of the clock, in nanoseconds; 0 for a request without a delay, which
    ///     takes the same way through the code.
    func time(_ request: UnsafeRawBufferPointer, delay: UInt64) -> TimedExchange
}

/// The outcome of one timed request.
package struct TimedExchange: Sendable, Hashable {
    /// What the subject did; `nil` when no whole answer came.
    package var answer: Answer?
    /// The nanoseconds from the start of the clock to the first byte of the answer.
    package var nanoseconds: UInt64
    /// The nanoseconds from the start of the clock to the hand-over of the request.
    package var delay: UInt64
    /// Whether the request was the first on its connection, or the last: such times compare with no others.
    package var isAtEdge: Bool

    /// Creates an outcome.
    package init(answer: Answer?, nanoseconds: UInt64, delay: UInt64, isAtEdge: Bool = false) {
        self.answer = answer
        self.nanoseconds = nanoseconds
        self.delay = delay
        self.isAtEdge = isAtEdge
    }

    /// What of an answer must be the same for all classes.
    package struct Answer: Sendable, Hashable {
        /// How it reads.
        package enum Reading: String, Sendable, Hashable {
            /// The request was rejected.
            case rejected
            /// The request was accepted.
            case accepted
            /// The subject limits the rate of requests.
            case limited
            /// Neither: a crash, or a status that shows no decision.
            case other
        }

        /// How it reads.
        package var reading: Reading
        /// The status.
        package var status: Int
        /// The bytes of the header lines.
        package var headBytes: Int
        /// The bytes of the body.
        package var bodyBytes: Int

        /// Creates an answer.
        package init(_ reading: Reading, status: Int, headBytes: Int, bodyBytes: Int) {
            self.reading = reading
            self.status = status
            self.headBytes = headBytes
            self.bodyBytes = bodyBytes
        }
    }
}
