internal import Bytes
internal import ReportModel
package import Schemes

extension VectorFile {
    /// Returns one test of a scheme's file as JSON text, or `nil` when there is no test with this id.
    package static func test(_ id: String, of scheme: Scheme) -> [UInt8]? {
        json(of: scheme)["tests"]?.array?.first { $0["id"]?.string == id }?.serialized(.pretty)
    }
}
