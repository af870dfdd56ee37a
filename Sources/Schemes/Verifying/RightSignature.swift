internal import Bytes
package import Transport

extension Scheme {
    /// Returns the text of the correct signature for a request as it was sent.
    /// A target that echoes it lets anyone forge requests (J01).
    package func rightSignature(for request: HTTPRequest, key: [UInt8]) -> [UInt8] {
        let message = signature.message.message { field in
            switch field {
            case .timestamp: sentTimestamp(request)
            case .id: if case .header(let name) = eventID { request.headers.first(named: name) ?? [] } else { [] }
            case .body: request.body
            case .method: request.method
            case .target: request.target
            case .tokenHeader: sentToken(request)?.headerText ?? []
            case .tokenClaims: sentToken(request)?.claimsText ?? []
            }
        }
        return signature.encoding.encode(signature.algorithm.sign(message, key: key))
    }

    private func sentToken(_ request: HTTPRequest) -> Token? {
        request.headers.first(named: signature.header).flatMap { SignatureHeader(of: self).read($0)?.token }
    }

    private func sentTimestamp(_ request: HTTPRequest) -> [UInt8] {
        switch timestamp {
        case .header(let name): return request.headers.first(named: name) ?? []
        case .field(let field):
            guard case .fields(let separator, _) = signature.grammar else { return [] }
            let header = request.headers.first(named: signature.header) ?? []
            let pieces = ASCII.split(header, separator: separator.utf8.first ?? UInt8(ascii: ","))
            let mark = Array("\(field)=".utf8)
            return pieces.first { $0.starts(with: mark) }.map { Array($0.dropFirst(mark.count)) } ?? []
        case nil: return []
        }
    }
}
