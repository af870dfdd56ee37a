import Bytes
import Foundation
import ReportModel
import Testing

@testable import Catalogue

@Suite("Bytes in vector files")
struct VectorWriterTests {
    @Test("are stored in full, with a readable copy if they are text")
    func short() {
        #expect(VectorWriter.bytes(Array("é".utf8)) == ["base64": "w6k=", "text": "é"])
        #expect(VectorWriter.bytes([0xFF]) == ["base64": "/w=="])
        #expect(VectorWriter.bytes(Array("a\n".utf8)) == ["base64": "YQo="])
        #expect(VectorWriter.bytes([]) == ["base64": "", "text": ""])
    }

    @Test("are stored as length, digest and runs if they are long")
    func long() throws {
        let bytes = Array("{\"a\":\"".utf8) + [UInt8](repeating: 0x61, count: 20_000) + Array("\"}".utf8)
        let json = VectorWriter.bytes(bytes)
        // sha256 by Python: hashlib.sha256(b'{"a":"' + b"a" * 20000 + b'"}').hexdigest()
        let digest = try Tool.python("import hashlib;print(hashlib.sha256(b'{\"a\":\"'+b'a'*20000+b'\"}').hexdigest())")
        #expect(json["length"] == 20_008)
        #expect(json["sha256"]?.string == digest)
        #expect(json["runs"] == [["eyJhIjoi", 1], ["YQ==", 20_000], ["In0=", 1]])
        #expect(try JSONCursor(json).bytes() == .known(bytes))
    }

    @Test("are stored as length and digest alone if the runs would be long too")
    func irregular() throws {
        let bytes = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }
        let json = VectorWriter.bytes(bytes)
        #expect(json["runs"] == nil && json["base64"] == nil && json["length"] == 20_000)
        let read = try JSONCursor(json).bytes()
        #expect(read.bytes == nil)
    }

    @Test("are the same when read back", arguments: [0, 1, 63, 16_384, 16_385, 100_000])
    func roundTrip(length: Int) throws {
        let bytes = (0..<length).map { UInt8($0 / 500 % 251) }
        let read = try JSONCursor(VectorWriter.bytes(bytes)).bytes()
        #expect(length > 32_000 || read == .known(bytes))
    }
}
