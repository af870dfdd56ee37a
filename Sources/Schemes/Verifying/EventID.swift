internal import Bytes
package import Transport

extension Scheme {
    /// The id of a delivery as it was sent; `nil` when the scheme has none or the request has none.
    package func eventID(of request: HTTPRequest) -> [UInt8]? {
        switch eventID {
        case .header(let name): request.headers.first(named: name)
        case .pointer(let pointer): payloads[0].read(request.body)?[pointer: pointer]?.string.map { Array($0.utf8) }
        case nil: nil
        }
    }
}
