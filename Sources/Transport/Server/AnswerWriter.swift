internal import Bytes

/// Writes answers for one connection, remembering the `Date` of the current second.
struct AnswerWriter {
    private let now: @Sendable () -> Int64
    private var dateSecond = Int64.min
    private var date = [UInt8]()

    init(now: @escaping @Sendable () -> Int64) { self.now = now }

    /// Returns the bytes of an answer.
    ///
    /// - Parameters:
    ///   - isHead: whether the request was `HEAD`: the header lines are as for `GET`, the body is left out.
    ///   - connection: the option to write in a `Connection` header, if any.
    mutating func bytes(of answer: HTTPResponse, isHead: Bool, connection: StaticString?) -> [UInt8] {
        var out = [UInt8]()
        out.reserveCapacity(192 + 64 * answer.headers.fields.count + answer.body.count)
        out += "HTTP/1.1 ".utf8
        out += String(answer.status).utf8
        out.append(0x20)
        out += answer.reason.isEmpty ? Array(Self.phrase(answer.status).utf8) : answer.reason
        out += "\r\n".utf8
        var hasDate = false
        var hasFraming = false
        var hasConnection = false
        for field in answer.headers.fields {
            switch field.name.count {
            case 4 where FramingFields.matches(field.name, "date"): hasDate = true
            case 10 where FramingFields.matches(field.name, "connection"): hasConnection = true
            case 14 where FramingFields.matches(field.name, "content-length"): hasFraming = true
            case 17 where FramingFields.matches(field.name, "transfer-encoding"): hasFraming = true
            default: break
            }
            out += field.name
            out += ": ".utf8
            out += field.value
            out += "\r\n".utf8
        }
        if !hasDate { writeDate(to: &out) }
        // RFC 9110 §8.6: answers with these statuses have no length.
        let isBodiless = answer.status < 200 || answer.status == 204 || answer.status == 304
        if !hasFraming && !isBodiless {
            out += "Content-Length: ".utf8
            out += String(answer.body.count).utf8
            out += "\r\n".utf8
        }
        if let connection, !hasConnection {
            out += "Connection: ".utf8
            connection.withUTF8Buffer { out += $0 }
            out += "\r\n".utf8
        }
        out += "\r\n".utf8
        if !isHead && !isBodiless { out += answer.body }
        return out
    }

    private mutating func writeDate(to out: inout [UInt8]) {
        let second = now()
        if second != dateSecond {
            dateSecond = second
            date = Array("Date: ".utf8) + HTTPDate.format(second) + [0x0D, 0x0A]
        }
        out += date
    }

    /// The usual phrase for a status (RFC 9110 §15), for the people who read a capture.
    private static func phrase(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 304: "Not Modified"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 411: "Length Required"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 503: "Service Unavailable"
        case 505: "HTTP Version Not Supported"
        default: ""
        }
    }
}
