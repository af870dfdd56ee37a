/// Turns the parser's findings into the outcome of an exchange.
struct AnswerReader {
    private var parser: ResponseParser

    init(method: [UInt8], options: ClientOptions) {
        parser = ResponseParser(
            requestMethod: method,
            limits: .init(head: options.headLimit, kept: options.keptBodyLimit, body: options.readLimit))
    }

    /// Whether the answer was complete and left the connection in order.
    var leavesConnectionUsable: Bool { parser.isComplete && parser.keepsConnection }

    /// Reads on.
    ///
    /// - Returns: how many bytes were used, and the outcome if it is decided now.
    mutating func take(
        _ bytes: UnsafeRawBufferPointer
    ) -> (used: Int, outcome: Result<HTTPResponse, ExchangeFailure>?) {
        do {
            let used = try parser.consume(bytes)
            return (used, parser.isComplete ? .success(parser.response) : nil)
        } catch {
            switch error {
            case .notHTTP: return (0, .failure(.notHTTP(prefix: [UInt8](bytes.prefix(80)))))
            case .headTooLarge(let reason): return (0, .failure(.answerTooLarge(reason: reason)))
            case .bodyTooLarge: return (0, .success(cutResponse))
            case .malformed(let reason): return (0, .failure(.malformed(reason: reason)))
            case .unsupportedCoding, .unsupportedVersion:
                return (0, .failure(.malformed(reason: error.description)))
            case .truncated: return (0, .failure(.truncated(bytesReceived: bytes.count)))
            }
        }
    }

    /// Records that the target closed the connection.
    mutating func end(received: Int) -> Result<HTTPResponse, ExchangeFailure> {
        guard received > 0 else { return .failure(.closedWithoutAnswer) }
        do { try parser.end() } catch { return .failure(.truncated(bytesReceived: received)) }
        return .success(parser.response)
    }

    private var cutResponse: HTTPResponse {
        var answer = parser.response
        answer.bodyIsCut = true
        return answer
    }
}
