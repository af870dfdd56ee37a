package import Schemes
internal import Synchronization
internal import Transport

/// Requests that are made once and sent in many runs, with what a server reads from the bytes of each.
///
/// The runs must agree in everything that goes into a request: the scheme and its payload, the secret and the
/// credentials, the body, the seed, and the address of the subject.
package final class KeptRequests: Sendable {
    /// The text in every id.
    package let nonce: String

    private let requests = Mutex<[Key: SignedRequest]>([:])
    private let readings = Mutex<[HTTPRequest: InProcessSubject.Reading]>([:])

    /// What tells a request from the others.
    package struct Key: Sendable, Hashable {
        /// How a request is made from its context.
        package enum Recipe: Sendable, Hashable {
            /// As the scheme documents it.
            case plain
            /// As the control of a case, by its id.
            case control(of: String)
            /// As the probe of a case, by its id.
            case probe(of: String)
            /// With a wrong signature.
            case wrongSignature
        }

        /// How it is made.
        let recipe: Recipe
        /// What it is sent for.
        let purpose: String
        /// Its place among the requests for the same purpose.
        let number: Int
        /// When it is made, in Unix seconds.
        let now: Int64

        /// Creates a key.
        package init(_ recipe: Recipe, purpose: String, number: Int, now: Int64) {
            self.recipe = recipe
            self.purpose = purpose
            self.number = number
            self.now = now
        }
    }

    /// Creates an empty collection.
    package init(nonce: String) { self.nonce = nonce }

    /// Returns the request with a key, making it only if it is not there.
    package func request(_ key: Key, make: () -> SignedRequest) -> SignedRequest {
        if let request = requests.withLock({ $0[key] }) { return request }
        // Outside the lock: two threads that make the same request make the same bytes.
        let request = make()
        let reading = InProcessSubject.read(request.request)
        readings.withLock { $0[request.request] = reading }
        requests.withLock { $0[key] = request }
        return request
    }

    /// Returns what a server reads from the bytes of a request; `nil` when the request is not kept.
    func reading(of request: HTTPRequest) -> InProcessSubject.Reading? { readings.withLock { $0[request] } }
}
