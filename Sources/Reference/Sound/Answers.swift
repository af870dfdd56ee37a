package import Bytes
internal import Schemes
package import Transport

extension HTTPResponse {
    /// Returns an answer with a JSON body.
    package static func json(_ status: Int, _ body: JSON?) -> HTTPResponse {
        guard let body else { return HTTPResponse(status: status) }
        return HTTPResponse(
            status: status, headers: Headers([HeaderField("Content-Type", "application/json")]),
            body: body.serialized())
    }

    /// Returns an answer to what HTTP itself forbids.
    package static func problem(_ status: Int, _ reason: String) -> HTTPResponse {
        json(status, .object([JSON.Member("error", .string(reason))]))
    }

    /// Returns the answer to a method that is not served.
    static func methodNotAllowed(_ methods: [String]) -> HTTPResponse {
        var problem = problem(405, "method not allowed")
        problem.headers.append("Allow", Array(methods.joined(separator: ", ").utf8))
        return problem
    }

    /// Returns an answer in plain text.
    static func text(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: Headers([HeaderField("Content-Type", "text/plain; charset=utf-8")]),
            body: Array(text.utf8))
    }
}

extension Responses.Answer {
    /// Returns the answer as a scheme documents it, with `{message-id}` filled in.
    func response(messageID: String = "") -> HTTPResponse { .json(status, body.map { Self.filled($0, messageID) }) }

    private static func filled(_ value: JSON, _ messageID: String) -> JSON {
        switch value {
        case .string("{message-id}"): .string(messageID)
        case .array(let elements): .array(elements.map { filled($0, messageID) })
        case .object(let members): .object(members.map { JSON.Member($0.key, filled($0.value, messageID)) })
        default: value
        }
    }
}
