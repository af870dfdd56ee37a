/// Everything that differs from run to run.
public struct RunTiming: Sendable, Hashable {
    /// When the run began, in Unix seconds.
    public var started: Int64 = 0
    /// How long it took, in nanoseconds.
    public var nanoseconds: UInt64 = 0
    /// How many requests were sent.
    public var exchanges = 0
    /// What stands in every event id of the run.
    public var nonce = ""
    /// Requests and answers of the cases that did not pass, by case id.
    public var evidence: [String: Evidence] = [:]

    /// The requests of a case and their answers, redacted when they were recorded.
    public struct Evidence: Sendable, Hashable {
        /// The control, when it was not accepted.
        public var control: Record?
        /// The probe.
        public var probe: Record?
        /// The bytes that the probe's signature was made over.
        public var message: String
    }

    /// One request and its answer as text: other bytes than printable ASCII as `\xNN`, line ends kept.
    public struct Record: Sendable, Hashable {
        /// The request as sent.
        public var request: String
        /// The answer as received, or why there is none.
        public var answer: String
        /// How long it took, in nanoseconds.
        public var nanoseconds: UInt64
    }
}
