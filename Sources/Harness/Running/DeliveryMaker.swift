internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Schemes
internal import Subjects
internal import Synchronization
internal import Transport

/// Makes the context of each request of a run: the target's time, and an id that was never used before.
package final class DeliveryMaker: Sendable {
    /// The text in every id of the run.
    package let nonce: String

    private let configuration: RunConfiguration
    private let authority: String
    private let path: String
    private let label: String
    private let clock: RunClock
    private let secrets: SecretChain
    private let counter = Atomic<Int>(0)
    private let offset = Atomic<Int64>(0)

    init(
        _ configuration: RunConfiguration, subject: any Subject, runID: String, clock: RunClock, secrets: SecretChain
    ) {
        self.configuration = configuration
        self.clock = clock
        self.secrets = secrets
        authority = subject.authority
        path = subject.path
        label = "Countersign conformance test \(runID), please ignore"
        nonce = Hex.string(RandomBytes.make(count: 5))
    }

    /// The offset of the target's clock from ours, in whole seconds.
    var clockOffset: Int64 {
        get { offset.load(ordering: .relaxed) }
        set { offset.store(newValue, ordering: .relaxed) }
    }

    /// The target's current time, in Unix seconds.
    var now: Int64 { clock.wholeSeconds + clockOffset }

    /// Returns a context with a fresh id at the target's current time.
    func next() -> RequestContext {
        context(secret: secrets.signing, authority: authority, path: path) { _ in label }
    }

    /// Returns a context for a request to any bridge, with a unique text, so that even a target that identifies
    /// deliveries by their bodies sees a new one.
    func nextDistinct(secret: Secret, authority: String, path: String) -> RequestContext {
        context(secret: secret, authority: authority, path: path) { number in "\(label) (\(number))" }
    }

    private func context(
        secret: Secret, authority: String, path: String, text: (_ number: Int) -> String
    ) -> RequestContext {
        let number = counter.wrappingAdd(1, ordering: .relaxed).newValue
        return RequestContext(
            scheme: configuration.scheme, payload: configuration.payload, secret: secret,
            credentials: configuration.credentials, now: now,
            eventID: "evt_cs_\(nonce)_\(number)", text: text(number), authority: authority, target: path,
            bodyTemplate: configuration.bodyTemplate)
    }
}
