internal import Bytes
public import Schemes

extension VectorFile {
    /// Gives one test of a scheme's file as JSON text, or `nil` when it has no test with this id.
    public static func test(_ id: String, of scheme: Scheme) -> [UInt8]? {
        json(of: scheme)["tests"]?.array?.first { $0["id"]?.string == id }?.serialized(.pretty)
    }
}
