public import Bytes

/// How requests of one kind are signed, as data: read from JSON, never written as code.
public struct Scheme: Sendable {
    /// The name on the command line, such as `standard-webhooks`.
    public let id: String
    /// The name for people.
    public let title: String
    /// The document that the scheme was read from.
    public let source: String
    /// Header, grammar, signed message, algorithm, encoding and key.
    public let signature: SignatureRule
    /// Where the timestamp stands, when requests carry one that is signed.
    public let timestamp: TimestampRule?
    /// How far a timestamp may be from now.
    public let freshness: Freshness?
    /// Where the identity of a delivery stands, when there is one.
    public let eventID: EventIDRule?
    /// How long a repeated delivery must be recognised, in seconds, when the document says so.
    public let replayWindow: Int?
    /// What happens when the secret is replaced.
    public let rotation: Rotation?
    /// Secrets that are sent as they are, beside the signature.
    public let credentials: [Credential]
    /// What accepted and rejected look like.
    public let responses: Responses
    /// The kinds of request that the document shows, the usual one first.
    public let payloads: [Payload]
    /// What the document says, sentence by sentence.
    public let clauses: [Clause]

    /// Gives the clauses on a topic, in the order of the document.
    public func clauses(on topic: Topic) -> [Clause] { clauses.filter { $0.topics.contains(topic) } }

    /// Gives the payload with this id, or `nil`.
    public func payload(named id: String) -> Payload? { payloads.first { $0.id == id } }
}

/// Where the timestamp of a request stands. Its unit is Unix seconds.
public enum TimestampRule: Sendable, Hashable {
    /// In a header of its own.
    case header(String)
    /// In a field of the signature header, such as `t`.
    case field(String)
}

/// How far a timestamp may be from now, in seconds.
public struct Freshness: Sendable, Hashable {
    /// The greatest age.
    public let past: Int64
    /// The greatest distance ahead; `nil` when the document sets no bound there.
    public let future: Int64?

    /// Creates a window.
    public init(past: Int64, future: Int64?) {
        self.past = past
        self.future = future
    }
}

/// Where the identity of a delivery stands.
public enum EventIDRule: Sendable, Hashable {
    /// In a header of its own.
    case header(String)
    /// In the body, at a JSON pointer (RFC 6901).
    case pointer(String)
}

/// What happens when the secret is replaced.
public struct Rotation: Sendable, Hashable {
    /// How long the old secret stays good, in seconds.
    public let grace: Int?
    /// Whether one request may carry a signature under each secret.
    public let severalSignatures: Bool
}

/// A secret that is sent as it is, such as an API key.
public struct Credential: Sendable, Hashable {
    /// The name on the command line, such as `api-key`.
    public let id: String
    /// The header that carries it.
    public let header: String
}

/// One kind of request that the document shows.
public struct Payload: Sendable, Hashable {
    /// The name on the command line, such as `outbound`.
    public let id: String
    /// What it is, for people.
    public let title: String
    /// The path of the document, where the reference endpoint listens.
    public let path: String
    /// The media type.
    public let contentType: String
    /// Header lines beside those of the signature, such as the kind of event.
    public let headers: [JSON.Member]
    /// The body, its strings with the places `{event-id}`, `{unix-time}`, `{iso-time}` and `{text}`.
    public let template: JSON
    /// JSON pointer to a text that people read, where cases put other characters.
    public let textPointer: String
    /// JSON pointers to the members that must be there.
    public let required: [String]
    /// Whether a valid request has an effect beside its answer; a PING that tries an address out has none.
    public let hasEffect: Bool
}

/// What accepted and rejected look like.
public struct Responses: Sendable, Hashable {
    /// The answer to a valid request.
    public let accepted: Answer
    /// The answer to a request whose signature does not hold.
    public let rejected: Answer
    /// The answer to a signed request whose body can't be used, when the document names one.
    public let invalidBody: Answer?
    /// Texts that make a 2xx answer a refusal, for documents that answer 200 to everything.
    public let refusalTexts: [String]

    /// Tells whether the body of a 2xx answer says that the request was refused.
    public func readsAsRefusal(_ body: [UInt8]) -> Bool {
        refusalTexts.contains { ASCII.firstRange(of: Array($0.utf8), in: body) != nil }
    }

    /// A status and a body.
    public struct Answer: Sendable, Hashable {
        /// The status code.
        public let status: Int
        /// The body, its strings with the place `{message-id}`.
        public let body: JSON?
    }
}
