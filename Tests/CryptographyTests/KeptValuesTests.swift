import Testing

@testable import Cryptography

@Suite("A table of kept values")
struct KeptValuesTests {
    private final class Object: Sendable {}

    @Test("makes a value once, and again after the full table was emptied")
    func limit() {
        let table = KeptValues<Object>(limit: 2)
        let first = table.value(of: [1]) { Object() }
        #expect(table.value(of: [1]) { Object() } === first)
        for byte in [2, 3] as [UInt8] { _ = table.value(of: [byte]) { Object() } }
        #expect(table.value(of: [1]) { Object() } !== first)
    }

    @Test("keeps nothing when making fails")
    func failure() {
        let table = KeptValues<Object>(limit: 2)
        for _ in 0..<2 {
            #expect(throws: OpenSSLError.self) {
                try table.value(of: [1]) { () throws(OpenSSLError) in throw OpenSSLError(operation: "a test") }
            }
        }
        _ = table.value(of: [1]) { Object() }
    }
}
