package import Bytes

/// How requests of one kind are signed, as data: read from JSON, never written as code.
///
/// An immutable class, like `RequestContext`, because every request refers to it: a copy costs one reference count.
package final class Scheme: Sendable {
    /// The name on the command line, such as `standard-webhooks`.
    package let id: String
    /// The name for people.
    package let title: String
    /// The document that the scheme was read from.
    package let source: String
    /// Header, grammar, signed message, algorithm, encoding and key.
    package let signature: SignatureRule
    /// Where the timestamp is, if requests carry a signed one.
    package let timestamp: TimestampRule?
    /// How far a timestamp may be from now.
    package let freshness: Freshness?
    /// Where the id of a delivery is, if there is one.
    package let eventID: EventIDRule?
    /// What that id looks like.
    package let eventIDForm: EventIDForm
    /// How long a repeated delivery must be recognised, in seconds, when the document says so.
    package let replayWindow: Int?
    /// What happens when the secret is replaced.
    package let rotation: Rotation?
    /// Secrets that are sent as they are, besides the signature.
    package let credentials: [Credential]
    /// What accepted and rejected look like.
    package let responses: Responses
    /// The kinds of request that the document shows, the usual one first.
    package let payloads: [Payload]
    /// The requests with which the platform checks a URL.
    package let handshakes: [Handshake]
    /// The interface by which bridges are created, changed and deleted, when there is one.
    package let administration: Administration?
    /// What the document says of sending, when it says anything.
    package let delivery: DeliveryRule?
    /// What the requests look like apart from their signature.
    package let sender: SenderRule
    /// What the document says, sentence by sentence.
    package let clauses: [Clause]
    private let clausesByTopic: [Topic: [Clause]]

    init(
        id: String, title: String, source: String, signature: SignatureRule, timestamp: TimestampRule?,
        freshness: Freshness?, eventID: EventIDRule?, eventIDForm: EventIDForm, replayWindow: Int?,
        rotation: Rotation?, credentials: [Credential], responses: Responses, payloads: [Payload],
        handshakes: [Handshake], administration: Administration?, delivery: DeliveryRule?, sender: SenderRule,
        clauses: [Clause]
    ) {
        self.id = id
        self.title = title
        self.source = source
        self.signature = signature
        self.timestamp = timestamp
        self.freshness = freshness
        self.eventID = eventID
        self.eventIDForm = eventIDForm
        self.replayWindow = replayWindow
        self.rotation = rotation
        self.credentials = credentials
        self.responses = responses
        self.payloads = payloads
        self.handshakes = handshakes
        self.administration = administration
        self.delivery = delivery
        self.sender = sender
        self.clauses = clauses
        clausesByTopic = Dictionary(
            uniqueKeysWithValues: Topic.allCases.map { topic in (topic, clauses.filter { $0.topics.contains(topic) }) })
    }

    /// Returns the clauses on a topic, in document order.
    package func clauses(on topic: Topic) -> [Clause] { clausesByTopic[topic] ?? [] }

    /// Returns the payload with this id, or `nil`.
    package func payload(named id: String) -> Payload? { payloads.first { $0.id == id } }

    /// The payloads whose bodies are written like that of the usual one: all JSON, or all forms.
    package var usualPayloads: [Payload] { payloads.filter { $0.isForm == payloads[0].isForm } }

    /// Returns the scheme of deliveries of a payload. Those whose bodies are written otherwise than the usual one are
    /// another matter: they have no handshakes, and no id of a delivery unless their template has it.
    package func sending(_ payload: Payload) -> Scheme {
        guard payload.isForm != payloads[0].isForm else { return self }
        var id = eventID
        if case .pointer(let pointer) = eventID, payload.template[pointer: pointer]?.string == nil { id = nil }
        let others = payloads.filter { $0.isForm == payload.isForm && $0.id != payload.id }
        return changing(eventID: id, payloads: [payload] + others, handshakes: [], delivery: delivery)
    }

    /// Returns a copy with other values.
    func changing(
        eventID: EventIDRule?, payloads: [Payload], handshakes: [Handshake], delivery: DeliveryRule?
    ) -> Scheme {
        Scheme(
            id: id, title: title, source: source, signature: signature, timestamp: timestamp, freshness: freshness,
            eventID: eventID, eventIDForm: eventIDForm, replayWindow: replayWindow, rotation: rotation,
            credentials: credentials, responses: responses, payloads: payloads, handshakes: handshakes,
            administration: administration, delivery: delivery, sender: sender, clauses: clauses)
    }

    /// Returns the payload of the other direction, when the document shows both.
    package func payload(opposite payload: Payload) -> Payload? {
        guard let direction = payload.direction else { return nil }
        return payloads.first { $0.direction != nil && $0.direction != direction }
    }

    /// The payload that the platform of the document sends, when it shows both directions; otherwise the usual one.
    package var sentPayload: Payload { payloads.first { $0.direction == .outbound } ?? payloads[0] }

    /// Returns the handshake of a kind, or `nil`.
    package func handshake(_ kind: Handshake.Kind) -> Handshake? { handshakes.first { $0.kind == kind } }
}

/// Where the timestamp of a request is. Its unit is Unix seconds.
package enum TimestampRule: Sendable, Hashable {
    /// In a separate header.
    case header(String)
    /// In a field of the signature header, such as `t`.
    case field(String)
}

/// How far a timestamp may be from now, in seconds.
package struct Freshness: Sendable, Hashable {
    /// The greatest age.
    package let past: Int64
    /// The greatest distance ahead; `nil` when the document sets no bound there.
    package let future: Int64?

    /// Creates a window.
    package init(past: Int64, future: Int64?) {
        self.past = past
        self.future = future
    }
}

/// Where the id of a delivery is.
package enum EventIDRule: Sendable, Hashable {
    /// In a separate header.
    case header(String)
    /// In the body, at a JSON pointer (RFC 6901).
    case pointer(String)
}

/// What happens when the secret is replaced.
package struct Rotation: Sendable, Hashable {
    /// How long the old secret stays valid, in seconds.
    package let grace: Int?
    /// Whether one request may carry a signature under each secret.
    package let severalSignatures: Bool
}

/// A secret that is sent as it is, such as an API key.
package struct Credential: Sendable, Hashable {
    /// The name on the command line, such as `api-key`.
    package let id: String
    /// The header that carries it.
    package let header: String
}

/// One kind of request that the document shows.
package struct Payload: Sendable, Hashable {
    /// The name on the command line, such as `outbound`.
    package let id: String
    /// What it is, for people.
    package let title: String
    /// The documented path, where the reference endpoint listens.
    package let path: String
    /// The media type.
    package let contentType: String
    /// Whether the body is a form with a field for each member of the template.
    package let isForm: Bool
    /// Header lines besides those of the signature, such as the kind of event.
    package let headers: [JSON.Member]
    /// The body, with the placeholders of `RequestContext.Placeholder`.
    package let template: JSON
    /// JSON pointer to a readable text, in which cases put other characters.
    package let textPointer: String
    /// JSON pointers to the required members.
    package let required: [String]
    /// Whether a valid request has an effect besides its answer; a PING that checks a URL has none.
    package let hasEffect: Bool
    /// Which way it goes, in a document that signs both directions with one secret.
    package let direction: Direction?
    /// Whether the document rejects an empty text.
    package let refusesEmptyText: Bool

    init(
        id: String, title: String, path: String, contentType: String, headers: [JSON.Member], template: JSON,
        textPointer: String, required: [String], hasEffect: Bool, direction: Direction?, refusesEmptyText: Bool
    ) {
        self.id = id
        self.title = title
        self.path = path
        self.contentType = contentType
        isForm = FormText.isNamed(by: contentType.utf8)
        self.headers = headers
        self.template = template
        self.textPointer = textPointer
        self.required = required
        self.hasEffect = hasEffect
        self.direction = direction
        self.refusesEmptyText = refusesEmptyText
    }

    /// Returns the payload with another media type.
    package func sent(as contentType: String) -> Payload {
        Payload(
            id: id, title: title, path: path, contentType: contentType, headers: headers, template: template,
            textPointer: textPointer, required: required, hasEffect: hasEffect, direction: direction,
            refusesEmptyText: refusesEmptyText)
    }

    /// Writes a body.
    package func write(_ body: JSON) -> [UInt8] { isForm ? FormText.write(body) : body.serialized() }

    /// Reads a body; `nil` for one that is not what the payload says.
    package func read(_ body: [UInt8]) -> JSON? { isForm ? FormText.read(body) : try? JSON.parse(body) }

    /// Which way a request goes.
    package enum Direction: String, Sendable, Hashable, CaseIterable {
        /// Into the platform.
        case inbound
        /// Out of it.
        case outbound
    }
}

/// What accepted and rejected look like.
package struct Responses: Sendable, Hashable {
    /// The answer to a valid request.
    package let accepted: Answer
    /// The answer to a request whose signature is invalid.
    package let rejected: Answer
    /// The answer to a signed request whose body is invalid, if the document names one.
    package let invalidBody: Answer?
    /// The answer at the address of a bridge that does not exist, if the document names one.
    package let absent: Answer?
    /// The answer to a signed request while a bridge accepts nothing, if the document names one.
    package let closed: Answer?
    /// Texts that make a 2xx answer a rejection, for documents that answer 200 to everything.
    package let refusalTexts: [String]

    /// Whether the body of a 2xx answer says that the request was rejected.
    package func readsAsRefusal(_ body: [UInt8]) -> Bool {
        refusalTexts.contains { ASCII.firstRange(of: Array($0.utf8), in: body) != nil }
    }

    /// A status and a body.
    package struct Answer: Sendable, Hashable {
        /// The status code.
        package let status: Int
        /// The body, with the placeholder `{message-id}`.
        package let body: JSON?
    }
}
