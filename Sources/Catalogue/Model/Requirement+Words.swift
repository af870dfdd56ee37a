internal import ReportModel
internal import Schemes

extension Requirement {
    /// What is needed, in words that follow "it needs".
    var words: String {
        switch self {
        case .timestamp: "a signed timestamp"
        case .timestampHeader: "a timestamp in a header of its own"
        case .timestampField: "a timestamp in the signature header"
        case .encoding(let encoding): "a signature in \(encoding.rawValue)"
        case .prefix: "a prefix before the signature"
        case .fields: "keys and values in the signature header"
        case .list: "a list of versions and signatures"
        case .severalSignatures: "a header that may hold several signatures"
        case .hmac: "an HMAC"
        case .ed25519: "an Ed25519 signature"
        case .token: "a JSON Web Token"
        case .signedBody: "a signed body"
        case .ambiguousMessage: "signed values with no separator between them"
        case .decodedSecret: "a secret that is decoded before it is a key"
        case .secretPrefix: "a prefix before the secret"
        case .textSecret: "a secret whose text is the key"
        case .eventID: "an id of each delivery"
        case .requiredEventID: "an id that every delivery must have"
        case .replayWindow: "a documented time for which deliveries are remembered"
        case .grace: "a documented grace for replaced secrets"
        case .invalidBodyRefused: "an answer for unusable bodies"
        case .eventIDHeader: "an id in a header"
        case .eventIDInBody: "an id in the body"
        case .credential: "a credential beside the signature"
        case .invalidBodyStatus: "a documented status for unusable bodies"
        case .rejectedStatus: "a documented status for refusals"
        case .json: "a body in JSON"
        case .contentType(let type): "the content type \(type)"
        case .requiredMembers(let count): "at least \(count) members in every body"
        case .bodyTime: "a time in every body"
        case .not(let need): "no \(Self.withoutArticle(need.words))"
        case .signedEventID: "a signed id header"
        case .message(let template): "the signed message \(template.text)"
        case .algorithm(let algorithm): "the algorithm \(algorithm.name)"
        case .header(let name): "the signature header \(name)"
        case .label(let label): "the label \(label)"
        case .given(let facility): facility.rawValue
        case .delivered(let feature): feature.rawValue
        case .handshake(let kind): "a signed \(kind.rawValue)"
        case .unsignedHandshake: "an unsigned handshake"
        case .administration(let feature): feature.words
        case .absentStatus: "a documented status for bridges that do not exist"
        case .closedStatus: "a documented status for bridges that accept nothing"
        case .bothDirections: "payloads of both directions"
        case .severalPaths: "payloads at several paths"
        case .payloadHeader(let name): "the header \(name) in each payload"
        case .refusedEmptyText: "a text that must not be empty"
        case .userAgent: "a known User-Agent of the sender"
        case .maximumBody: "a documented maximum of the body's length"
        case .longerBodies(let bytes): "bodies of more than \(bytes) bytes"
        case .retried(let status): "a documented retry after \(status)"
        case .retriedWithoutAnswer: "a documented retry where no answer came"
        case .attemptsAfter(let status): "a documented number of attempts after \(status)"
        case .retryTime: "a documented time for which retries go on where no answer came"
        case .neverRetried: "a document that says that nothing is sent again"
        case .success(let status): "success by status \(status)"
        case .stopped(let status): "a documented end after \(status)"
        case .optOut: "a documented answer that declines further attempts"
        case .retryHeaders: "documented header lines of retries"
        case .redirectsNotFollowed: "a sender that follows no redirects"
        }
    }

    private static func withoutArticle(_ words: String) -> String {
        for article in ["a ", "an "] where words.hasPrefix(article) { return String(words.dropFirst(article.count)) }
        return words
    }
}

extension Administration.Feature {
    fileprivate var words: String {
        switch self {
        case .creation: "an admin interface"
        case .call(let operation): "a documented call to \(operation.words)"
        case .issuedSecret: "bridges whose secret the endpoint makes"
        case .givenSecret: "bridges whose secret the caller gives"
        case .invalidStatus: "a documented status for bridges that can't be created"
        case .kinds: "bridges of several kinds"
        case .conflictStatus: "a documented status for bridges created twice"
        case .unknownStatus: "a documented status for changes of unknown bridges"
        case .shownChanges: "answers that show what was changed"
        }
    }
}

extension Administration.Operation {
    /// What the call does, in words that follow "to".
    var words: String {
        switch self {
        case .show: "show a bridge"
        case .list: "list bridges"
        case .pause: "pause a bridge"
        case .resume: "resume a bridge"
        case .sendOnly: "make a bridge send only"
        case .rotate: "rotate a secret"
        case .delete: "delete a bridge"
        }
    }
}
