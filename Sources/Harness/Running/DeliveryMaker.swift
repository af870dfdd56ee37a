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
    private let secrets: SecretChain
    private let counter = Atomic<Int>(0)
    private let offset = Atomic<Int64>(0)

    init(
        _ configuration: RunConfiguration, subject: any Subject, runID: String, secrets: SecretChain
    ) {
        self.configuration = configuration
        self.secrets = secrets
        authority = subject.authority
        path = subject.path
        // The id of a run names its cases: kept requests are the same whatever is run.
        label = "Countersign conformance test \(configuration.kept?.nonce ?? runID), please ignore"
        nonce = configuration.kept?.nonce ?? Hex.string(RandomBytes.make(count: 5))
    }

    /// The offset of the target's clock from ours, in whole seconds.
    var clockOffset: Int64 {
        get { offset.load(ordering: .relaxed) }
        set { offset.store(newValue, ordering: .relaxed) }
    }

    /// The target's current time, in Unix seconds.
    var now: Int64 { configuration.clock.wholeSeconds + clockOffset }

    /// Returns a context with a fresh id at the target's current time.
    func next() -> RequestContext {
        context(secret: secrets.signing, authority: authority, path: path, name: "\(nextNumber)", text: label)
    }

    /// Returns a request with a fresh id. A kept one has its purpose and its number in its id, and so is the same in each
    /// run, whatever was sent before. Everywhere else the id has the next number, which must not tell a target what the
    /// request is for (honesty rule 13).
    ///
    /// - Parameters:
    ///   - purpose: what it is sent for.
    ///   - number: its place among the requests for the same purpose.
    func request(
        _ recipe: KeptRequests.Key.Recipe, for purpose: String, number: Int,
        by make: (RequestContext) -> SignedRequest
    ) -> SignedRequest {
        // What is signed with the secret of a rotation is no other run's.
        guard let kept = configuration.kept, secrets.signing == configuration.secret else { return make(next()) }
        return kept.request(KeptRequests.Key(recipe, purpose: purpose, number: number, now: now)) {
            make(
                context(
                    secret: configuration.secret, authority: authority, path: path, name: "\(purpose)_\(number)",
                    text: label))
        }
    }

    /// Returns a context for a request to any bridge, with a unique text, so that even a target that identifies
    /// deliveries by their bodies sees a new one.
    func nextDistinct(secret: Secret, authority: String, path: String) -> RequestContext {
        let number = nextNumber
        return context(
            secret: secret, authority: authority, path: path, name: "\(number)", text: "\(label) (\(number))")
    }

    /// Returns a context for a timed request: every one is as long as every other, and has an id and a text of its own.
    ///
    /// - Parameter name: what the id ends with, of a fixed length.
    func nextOfOneLength(secret: Secret, name: String) -> RequestContext {
        context(secret: secret, authority: authority, path: path, name: name, text: "\(label) (\(name))")
    }

    private var nextNumber: Int { counter.wrappingAdd(1, ordering: .relaxed).newValue }

    private func context(
        secret: Secret, authority: String, path: String, name: String, text: String
    ) -> RequestContext {
        RequestContext(
            scheme: configuration.scheme, payload: configuration.payload, secret: secret,
            credentials: configuration.credentials, now: now,
            eventID: configuration.scheme.eventIDForm.id(of: "evt_cs_\(nonce)_\(name)"), text: text,
            authority: authority, target: path,
            bodyTemplate: configuration.bodyTemplate)
    }
}
