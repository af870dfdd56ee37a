internal import Bytes
package import Schemes
package import Transport

extension Scheme {
    /// The timestamp as a request carries it, read leniently; `nil` when it carries none.
    package func sentTimestamp(in request: HTTPRequest) -> [UInt8]? {
        switch timestamp {
        case .header(let name): return request.headers.first(named: name)
        case .field(let field):
            let mark = Array("\(field)=".utf8)
            let pieces = request.headers.first(named: signature.header)?.split { $0 == UInt8(ascii: ",") || $0 == 0x20 }
            return pieces?.first { $0.starts(with: mark) }.map { Array($0.dropFirst(mark.count)) }
        case nil: return nil
        }
    }
}
