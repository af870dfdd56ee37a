/// The record of one run: everything that differs from run to run.
package struct RunRecord: Sendable, Hashable {
    /// When the run began, in Unix seconds.
    package var started: Int64 = 0
    /// How long it took, in nanoseconds.
    package var nanoseconds: UInt64 = 0
    /// How many requests were sent.
    package var exchanges = 0
    /// The text in every event id of the run.
    package var nonce = ""
    /// Requests and answers of the cases that did not pass, by case id.
    package var evidence: [String: Evidence] = [:]

    /// Creates a record.
    package init(
        started: Int64 = 0, nanoseconds: UInt64 = 0, exchanges: Int = 0, nonce: String = "",
        evidence: [String: Evidence] = [:]
    ) {
        self.started = started
        self.nanoseconds = nanoseconds
        self.exchanges = exchanges
        self.nonce = nonce
        self.evidence = evidence
    }

    /// The requests of a case and their answers, redacted at the time of recording.
    package struct Evidence: Sendable, Hashable {
        /// The control.
        package var control: Record?
        /// The probe.
        package var probe: Record?
        /// The bytes that the probe's signature covers.
        package var message: String
        /// The steps of a scenario, one line each, with times.
        package var steps: [String]

        /// Creates the evidence of a case.
        package init(control: Record?, probe: Record?, message: String, steps: [String] = []) {
            self.control = control
            self.probe = probe
            self.message = message
            self.steps = steps
        }
    }

    /// One request and its answer as text: bytes other than printable ASCII as `\xNN`, newlines kept.
    package struct Record: Sendable, Hashable {
        /// The request as sent.
        package var request: String
        /// The answer as received, or why there is none.
        package var answer: String
        /// How long it took, in nanoseconds.
        package var nanoseconds: UInt64

        /// Creates a record.
        package init(request: String, answer: String, nanoseconds: UInt64) {
            self.request = request
            self.answer = answer
            self.nanoseconds = nanoseconds
        }
    }
}
