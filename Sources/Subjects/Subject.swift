internal import ReportModel
package import Schemes

/// What is judged, however it is reached. It opens a session for each lane of a run.
package protocol Subject: Sendable {
    /// What it is called in a report.
    var name: String { get }
    /// The `Host` header of requests to it.
    var authority: String { get }
    /// Path and query of requests to it.
    var path: String { get }
    /// Opens a session for one thread.
    func openSession() -> any Session
}

/// Access to a subject, for one thread at a time.
package protocol Session: AnyObject {
    /// Puts an attempt to the subject and returns what came of it. It never throws and always ends.
    func send(_ attempt: Attempt) -> Observed
}

/// One request, with everything that a subject which is not reached over a network needs to judge it.
package struct Attempt: Sendable {
    /// The request.
    package let request: SignedRequest
    /// The time at which it is judged, in Unix seconds.
    package let now: Int64
    /// The secrets that are good, the newest first.
    package let secrets: [Secret]
    /// The value of each credential that the scheme names.
    package let credentials: [String: [UInt8]]

    /// Creates an attempt.
    package init(request: SignedRequest, now: Int64, secrets: [Secret], credentials: [String: [UInt8]]) {
        self.request = request
        self.now = now
        self.secrets = secrets
        self.credentials = credentials
    }
}
