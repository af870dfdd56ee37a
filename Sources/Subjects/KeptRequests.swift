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

    private let tables = Mutex(Tables())

    private struct Tables: Sendable {
        var requests: [Key: SignedRequest] = [:]
        var readings: [Sent: InProcessSubject.Reading] = [:]
        /// The keys of the requests that were made here, and not copied.
        var made: [Key] = []
    }

    /// A request as it is sent.
    private struct Sent: Sendable, Hashable {
        let request: HTTPRequest

        /// Hashes what tells most requests apart: the headers, of which one is the signature, and the beginning of the
        /// body, which no signature covers in some schemes.
        func hash(into hasher: inout Hasher) {
            for field in request.headers.fields { field.value.withUnsafeBytes { hasher.combine(bytes: $0) } }
            request.target.withUnsafeBytes { hasher.combine(bytes: $0) }
            request.body.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0.prefix(512))) }
            hasher.combine(request.body.count)
        }
    }

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

    /// Returns a collection with the same requests, for a run of its own: runs that share one wait for each other.
    package func copy() -> KeptRequests {
        let copy = KeptRequests(nonce: nonce)
        var tables = tables.withLock { $0 }
        tables.made = []
        copy.tables.withLock { $0 = tables }
        return copy
    }

    /// Adds what a copy has made.
    package func add(_ copy: KeptRequests) {
        let made = copy.tables.withLock { $0 }
        guard !made.made.isEmpty else { return }
        tables.withLock { tables in
            for key in made.made where tables.requests[key] == nil {
                guard let request = made.requests[key] else { continue }
                let sent = Sent(request: request.request)
                tables.requests[key] = request
                tables.readings[sent] = made.readings[sent]
            }
        }
    }

    /// Returns the request with a key, making it only if it is not there.
    package func request(_ key: Key, make: () -> SignedRequest) -> SignedRequest {
        if let request = tables.withLock({ $0.requests[key] }) { return request }
        // Outside the lock: two threads that make the same request make the same bytes.
        let request = make()
        let reading = InProcessSubject.read(request.request)
        tables.withLock { tables in
            tables.requests[key] = request
            tables.readings[Sent(request: request.request)] = reading
            tables.made.append(key)
        }
        return request
    }

    /// Returns what a server reads from the bytes of a request; `nil` when the request is not kept.
    func reading(of request: HTTPRequest) -> InProcessSubject.Reading? {
        tables.withLock { $0.readings[Sent(request: request)] }
    }
}
