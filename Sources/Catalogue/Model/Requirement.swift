internal import Bytes
package import ReportModel
package import Schemes

/// What a case needs to make sense: of the scheme, of the options given, of the path and of the subject.
package indirect enum Requirement: Sendable, Hashable {
    /// A signed timestamp with a window.
    case timestamp
    /// The timestamp in a header of its own.
    case timestampHeader
    /// The timestamp as a field of the signature header.
    case timestampField
    /// A signature of this encoding.
    case encoding(SignatureEncoding)
    /// A single value after a prefix that is not empty.
    case prefix
    /// Keys and values in the signature header.
    case fields
    /// A list of versions and signatures.
    case list
    /// A grammar that allows several signatures.
    case severalSignatures
    /// HMAC, under a key that both sides hold.
    case hmac
    /// Ed25519, under a seed whose public key the endpoint holds.
    case ed25519
    /// A JSON Web Token in the signature header.
    case token
    /// A signed body.
    case signedBody
    /// Adjacent values in the signed message with no separator.
    case ambiguousMessage
    /// A secret whose text is decoded before it is a key.
    case decodedSecret
    /// A text in front of the secret that is no part of it.
    case secretPrefix
    /// A secret whose text is the key.
    case textSecret
    /// An id of each delivery.
    case eventID
    /// An id without which a delivery can't be used: a member that each body must have, or a signed header.
    case requiredEventID
    /// A time for which deliveries are remembered.
    case replayWindow
    /// A period during which a replaced secret is still accepted.
    case grace
    /// An answer for signed bodies that can't be used.
    case invalidBodyRefused
    /// The id in a header.
    case eventIDHeader
    /// The id in the body.
    case eventIDInBody
    /// A credential beside the signature.
    case credential
    /// Members that a body must have, and a status for a body that lacks them.
    case invalidBodyStatus
    /// A status for refusals that the document requires.
    case rejectedStatus
    /// JSON in the body.
    case json
    /// This content type, exactly as the vendor writes it.
    case contentType(String)
    /// At least so many members that every body must have.
    case requiredMembers(Int)
    /// A time in each payload, beside the one that is signed for freshness.
    case bodyTime
    /// The lack of something.
    case not(Requirement)
    /// An id header that is signed.
    case signedEventID
    /// This signed message.
    case message(MessageTemplate)
    /// This algorithm.
    case algorithm(SignatureAlgorithm)
    /// A signature header of this name.
    case header(String)
    /// A signature that follows this text: prefix, field or version.
    case label(String)
    /// A signed handshake of this kind.
    case handshake(Handshake.Kind)
    /// A handshake that is not signed.
    case unsignedHandshake
    /// An administrative interface with this.
    case administration(Administration.Feature)
    /// A documented answer at the address of a bridge that is not there.
    case absentStatus
    /// A documented answer of a bridge that accepts nothing.
    case closedStatus
    /// Payloads of both directions under one secret.
    case bothDirections
    /// Payloads at several paths.
    case severalPaths
    /// A header of this name beside the signature in each payload.
    case payloadHeader(String)
    /// A text that must not be empty.
    case refusedEmptyText
    /// A known User-Agent of the sender.
    case userAgent
    /// A documented maximum of the body's length.
    case maximumBody
    /// Bodies of more than so many bytes, as far as the document says.
    case longerBodies(than: Int)
    /// A documented second attempt after a status.
    case retried(Int)
    /// A documented second attempt where no answer came.
    case retriedWithoutAnswer
    /// A documented number of attempts after a status.
    case attemptsAfter(Int)
    /// A documented time for which a delivery is sent again where no answer came.
    case retryTime
    /// A document that says that nothing is sent again.
    case neverRetried
    /// A status that ends a delivery as done.
    case success(Int)
    /// A status after which nothing more is sent.
    case stopped(Int)
    /// A documented answer by which a receiver declines further attempts.
    case optOut
    /// Documented header lines of retries.
    case retryHeaders
    /// No redirect may be followed.
    case redirectsNotFollowed

    /// Something that the user must give.
    case given(Facility)
    /// A form of request that the path must deliver.
    case delivered(TransportFeature)

    /// Whether a scheme has it; true for what depends on more than the scheme.
    package func isMet(by scheme: Scheme) -> Bool {
        switch self {
        case .timestamp: scheme.timestamp != nil && scheme.signature.message.contains(.timestamp)
        case .timestampHeader: if case .header = scheme.timestamp { true } else { false }
        case .timestampField: if case .field = scheme.timestamp { true } else { false }
        case .encoding(let encoding): scheme.signature.encoding == encoding
        case .prefix: if case .value(let prefix) = scheme.signature.grammar { !prefix.isEmpty } else { false }
        case .fields: if case .fields = scheme.signature.grammar { true } else { false }
        case .list: if case .list = scheme.signature.grammar { true } else { false }
        case .severalSignatures:
            switch scheme.signature.grammar {
            case .fields, .list: true
            case .value, .token: false
            }
        case .hmac: if case .hmac = scheme.signature.algorithm { true } else { false }
        case .ed25519: scheme.signature.algorithm == .ed25519
        case .token: scheme.token != nil
        case .signedBody: scheme.signature.message.contains(.body)
        case .ambiguousMessage: scheme.signature.message.isAmbiguous
        case .decodedSecret: scheme.signature.secret.decoding != .utf8
        case .secretPrefix: !scheme.signature.secret.prefix.isEmpty
        case .textSecret: scheme.signature.secret.decoding == .utf8
        case .eventID: scheme.eventID != nil
        case .requiredEventID:
            switch scheme.eventID {
            case .pointer(let pointer): scheme.usualPayloads.allSatisfy { $0.required.contains(pointer) }
            case .header: scheme.signature.message.contains(.id)
            case nil: false
            }
        case .replayWindow: scheme.replayWindow != nil
        case .grace: scheme.rotation?.grace != nil
        case .invalidBodyRefused: scheme.responses.invalidBody != nil
        case .eventIDHeader: if case .header = scheme.eventID { true } else { false }
        case .eventIDInBody: if case .pointer = scheme.eventID { true } else { false }
        case .credential: !scheme.credentials.isEmpty
        case .invalidBodyStatus:
            scheme.responses.invalidBody != nil && scheme.clauses(on: .payload).contains { $0.level == .must }
        case .rejectedStatus: scheme.clauses(on: .rejection).contains { $0.level == .must }
        case .json: scheme.usualPayloads.allSatisfy { $0.contentType.hasPrefix("application/json") }
        case .contentType(let type): scheme.usualPayloads.allSatisfy { $0.contentType == type }
        case .requiredMembers(let count): scheme.usualPayloads.allSatisfy { $0.required.count >= count }
        case .bodyTime: scheme.usualPayloads.allSatisfy { Self.holdsTime($0.template) }
        case .not(let need): !need.isMet(by: scheme)
        case .signedEventID:
            if case .header = scheme.eventID { scheme.signature.message.contains(.id) } else { false }
        case .message(let message): scheme.signature.message == message
        case .algorithm(let algorithm): scheme.signature.algorithm == algorithm
        case .header(let name): scheme.signature.header.lowercased() == name.lowercased()
        case .label(let label): Self.label(of: scheme.signature.grammar) == label
        case .given, .delivered: true
        case .handshake(let kind): scheme.handshake(kind)?.isSigned == true
        case .unsignedHandshake: scheme.handshakes.contains { !$0.isSigned }
        case .administration(let feature): scheme.administration?.has(feature) == true
        case .absentStatus: scheme.responses.absent != nil
        case .closedStatus: scheme.responses.closed != nil
        case .bothDirections: scheme.payloads.contains { scheme.payload(opposite: $0) != nil }
        case .severalPaths: Set(scheme.usualPayloads.map(\.path)).count > 1
        case .payloadHeader(let name):
            scheme.usualPayloads.allSatisfy { $0.headers.contains { $0.key.lowercased() == name.lowercased() } }
        case .refusedEmptyText: scheme.usualPayloads.allSatisfy(\.refusesEmptyText)
        case .userAgent: scheme.sender.userAgent != nil
        case .maximumBody: scheme.sender.maximumBody != nil
        case .longerBodies(let bytes): scheme.sender.maximumBody.map { $0 > bytes } ?? true
        case .retried(let status): scheme.delivery?.retry(after: status) != nil
        case .retriedWithoutAnswer: scheme.delivery?.retryWithoutAnswer != nil
        case .attemptsAfter(let status): scheme.delivery?.retry(after: status)?.attempts != nil
        case .retryTime: scheme.delivery?.retryWithoutAnswer?.seconds != nil
        case .neverRetried: scheme.delivery?.retries.isEmpty == true
        case .success(let status): scheme.deliveryOrDefault.success.contains(status)
        case .stopped(let status): scheme.delivery?.stops.contains(status) == true
        case .optOut: scheme.delivery?.optOut != nil
        case .retryHeaders: scheme.delivery?.retryHeaders.isEmpty == false
        case .redirectsNotFollowed: scheme.deliveryOrDefault.redirects == 0
        }
    }

    private static func holdsTime(_ value: JSON) -> Bool {
        switch value {
        case .string(let text): text == "{iso-time}" || text == "{unix-time}"
        case .array(let elements): elements.contains(where: holdsTime)
        case .object(let members): members.contains { holdsTime($0.value) }
        default: false
        }
    }

    /// The text in front of a signature, as it is written.
    private static func label(of grammar: SignatureRule.Grammar) -> String {
        switch grammar {
        case .value(let prefix): prefix
        case .fields(_, let key): key
        case .list(let version): version
        case .token(let rule): rule.prefix
        }
    }
}
