package import Platform
internal import ReportModel
package import Schemes
package import Timing

/// What is judged, however it is reached. It opens a session for each thread of a run.
package protocol Subject: Sendable {
    /// Its name in reports.
    var name: String { get }
    /// The `Host` header of requests to it.
    var authority: String { get }
    /// Path and query of requests to it.
    var path: String { get }
    /// Opens a session for one thread.
    ///
    /// - Parameter stop: what breaks off its attempts.
    func openSession(until stop: StopSignal) -> any Session
    /// Where it is, as far as times are concerned; `nil` when only its answers can tell.
    var place: TimingSettings.Place? { get }
    /// Opens a session in which answers are timed; `nil` when the subject's times mean nothing.
    ///
    /// - Parameters:
    ///   - responses: the scheme's definition of accepted and rejected.
    ///   - stop: what breaks off its requests.
    func openTimedSession(responses: Responses, until stop: StopSignal) -> (any TimedSession)?
}

extension Subject {
    /// Unknown.
    package var place: TimingSettings.Place? { nil }
    /// None.
    package func openTimedSession(responses: Responses, until stop: StopSignal) -> (any TimedSession)? { nil }
}

/// Access to a subject, for one thread at a time.
package protocol Session: AnyObject {
    /// Presents an attempt to the subject and returns the outcome. It never throws and always returns.
    func send(_ attempt: Attempt) -> Observed
    /// Gives up what is kept between attempts, such as a connection.
    func startOver()
}

extension Session {
    /// Nothing is kept.
    package func startOver() {}
}

/// One request, with everything that a subject without a network needs to judge it.
package struct Attempt: Sendable {
    /// The request.
    package let request: SignedRequest
    /// The time at which it is judged, in Unix seconds.
    package let now: Int64
    /// The valid secrets, newest first.
    package let secrets: [Secret]
    /// The value of each credential that the scheme names.
    package let credentials: [String: [UInt8]]
    /// How long an answer is awaited; `nil` for as long as the subject usually gets.
    package let patience: Duration?

    /// Creates an attempt.
    package init(
        request: SignedRequest, now: Int64, secrets: [Secret], credentials: [String: [UInt8]],
        patience: Duration? = nil
    ) {
        self.request = request
        self.now = now
        self.secrets = secrets
        self.credentials = credentials
        self.patience = patience
    }
}
