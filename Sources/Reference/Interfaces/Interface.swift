internal import Bytes
internal import Cryptography
internal import ReportModel
internal import Transport

/// One administrative interface of the endpoint: a function from a request to an answer.
protocol Interface: Sendable {
    /// Returns the answer, or `nil` when the path does not belong to the interface.
    ///
    /// - Parameter path: the request target without its query.
    func answer(_ request: HTTPRequest, path: [UInt8]) -> HTTPResponse?
}

/// The check that every administrative interface makes first.
struct AdminGate: Sendable {
    private let token: [UInt8]

    /// Creates a gate.
    init(token: [UInt8]) { self.token = token }

    /// Returns `nil` for a request with the token, and the answer to any other (RFC 6750 §3).
    func refuses(_ request: HTTPRequest, _ rules: InterfaceRules = InterfaceRules()) -> HTTPResponse? {
        guard rules.asksForToken else { return nil }
        let lines = request.headers.values(named: "Authorization")
        if lines.count == 1, let given = Self.bearer(lines[0]), ConstantTime.equal(given, token) { return nil }
        var answer = HTTPResponse.problem(401, "a bearer token is needed")
        answer.headers.append("WWW-Authenticate", Array("Bearer".utf8))
        return answer
    }

    /// Reads `Bearer <token>` (RFC 6750 §2.1); the word may be in any case (RFC 9110 §11.1).
    private static func bearer(_ value: [UInt8]) -> [UInt8]? {
        let word = value.prefix { $0 != 0x20 }
        guard ASCII.equalsIgnoringCase(word, "bearer".utf8) else { return nil }
        let token = ASCII.trimmed(value.dropFirst(word.count))
        return token.isEmpty ? nil : token
    }
}

/// The parts of a path, and the body, as the interfaces read them.
enum InterfaceInput {
    /// The most bytes of a body.
    static let bodyLimit = 64 * 1024

    /// Matches a path with a pattern whose segments are literal, or `*` for any segment that is not empty.
    /// - Returns: the segments that the stars match, in order, or `nil`.
    static func match(_ path: [UInt8], _ pattern: String) -> [[UInt8]]? {
        let segments = ASCII.split(path, separator: UInt8(ascii: "/"))
        let wanted = ASCII.split(Array(pattern.utf8), separator: UInt8(ascii: "/"))
        guard segments.count == wanted.count else { return nil }
        var matched = [[UInt8]]()
        for (segment, want) in zip(segments, wanted) {
            if want == [UInt8(ascii: "*")] {
                guard !segment.isEmpty else { return nil }
                matched.append(segment)
            } else if segment != want {
                return nil
            }
        }
        return matched
    }

    /// Returns the body if it is a JSON object of reasonable length.
    static func object(_ request: HTTPRequest) -> JSON? {
        guard request.body.count <= bodyLimit, let body = try? JSON.parse(request.body), body.members != nil else {
            return nil
        }
        return body
    }
}

extension HTTPRequest {
    /// Whether this is the method.
    func isMethod(_ name: String) -> Bool { method.elementsEqual(name.utf8) }
}

extension JSON {
    /// The string, if it is one that is not empty.
    var filledString: String? {
        guard let string, !string.utf8.allSatisfy({ $0 <= 0x20 }) else { return nil }
        return string
    }

    /// Whether this is one of these strings, byte for byte.
    func isOne(of texts: [String]) -> Bool {
        guard let string else { return false }
        return texts.contains { $0.utf8.elementsEqual(string.utf8) }
    }
}
