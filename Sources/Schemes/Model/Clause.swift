/// One thing that a scheme's document says, or leaves open.
package struct Clause: Sendable, Hashable {
    /// Its name within the scheme, such as `rotation-grace`.
    package let id: String
    /// What it says, in our words.
    package let text: String
    /// How much it demands.
    package let level: Level
    /// Where the document says it.
    package let place: String
    /// Its topic; cases find the clauses that they test by topic.
    package let topics: [Topic]

    /// Creates a clause.
    package init(id: String, text: String, level: Level, place: String, topics: [Topic]) {
        self.id = id
        self.text = text
        self.level = level
        self.place = place
        self.topics = topics
    }

    /// How much a clause demands.
    package enum Level: String, Sendable, CaseIterable {
        /// The document requires it.
        case must
        /// The document recommends it, or shows it in an example.
        case should
        /// The document permits it.
        case may
        /// The document leaves it open: what an endpoint does here is worth knowing, never a failure.
        case open
    }
}

/// What a clause or a case is about.
package enum Topic: String, Sendable, CaseIterable {
    /// An invalid signature is rejected.
    case signature
    /// A request without a signature is rejected.
    case presence
    /// The function that signs.
    case algorithm
    /// How the signature is written as text.
    case encoding
    /// How the signature header is laid out.
    case grammar
    /// Several signatures, versions and keys in one header.
    case severalSignatures = "several-signatures"
    /// Which bytes are signed.
    case message
    /// The body is signed as it was sent.
    case rawBody = "raw-body"
    /// How the secret becomes a key.
    case key
    /// Signatures are compared in constant time.
    case constantTime = "constant-time"
    /// Old requests are rejected.
    case freshness
    /// Requests from the future are rejected.
    case future
    /// How a timestamp is written.
    case timestamp
    /// A repeated delivery has no second effect.
    case replay
    /// What happens when the secret is replaced.
    case rotation
    /// What a token claims: its issuer, audience and subject.
    case claims
    /// A signature is valid for one bridge only.
    case tenancy
    /// An API key or token that accompanies the signature.
    case credential
    /// The status of a rejection.
    case rejection
    /// The answer to a valid request.
    case acceptance
    /// The members a body must have.
    case payload
    /// Paused, disabled, deleted.
    case lifecycle
    /// Challenges and pings.
    case handshake
    /// The HTTP request around it all.
    case transport
    /// What an answer reveals to an unauthenticated sender.
    case disclosure
    /// When a delivery is done, and when it is sent again.
    case delivery
    /// Which redirects a sender follows.
    case redirects
    /// How long a sender waits for an answer, and how much of it it reads.
    case patience
    /// Which certificates and versions of TLS a sender takes.
    case tls
    /// Which addresses a sender delivers to.
    case destination
}
