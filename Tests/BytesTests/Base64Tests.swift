import Bytes
import Testing

@Suite("Base64")
struct Base64Tests {
    // RFC 4648 §10.
    @Test(
        "gives the RFC 4648 examples",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func published(plain: String, encoded: String) {
        #expect(Base64.string(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(Array(encoded.utf8)) == Array(plain.utf8))
    }

    @Test("uses the URL alphabet without padding")
    func urlAlphabet() {
        let bytes: [UInt8] = [0xFB, 0xFF, 0xFE, 0x01]
        #expect(Base64.string(bytes) == "+//+AQ==")
        #expect(Base64.string(bytes, alphabet: .url) == "-__-AQ")
        #expect(Base64.decode(Array("-__-AQ".utf8), alphabet: .url) == bytes)
    }

    @Test("round-trips every length up to 64", arguments: 0...64)
    func roundTrip(length: Int) {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
        #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        #expect(Base64.decode(Base64.encode(bytes, alphabet: .url), alphabet: .url) == bytes)
    }

    @Test(
        "refuses a second spelling of the same bytes",
        arguments: ["YQ", "YQ=", "YR==", "YQ===", "Y Q==", "YQ==\n", "Y-_=", "=", "====", "Y==="])
    func refuses(text: String) {
        #expect(Base64.decode(Array(text.utf8)) == nil)
    }
}
