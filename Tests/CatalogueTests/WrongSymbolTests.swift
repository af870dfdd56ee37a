import Bytes
import Catalogue
import Schemes
import Testing

/// One wrong symbol in the text of a signature, as the measuring of times needs it.
@Suite struct WrongSymbolTests {
    @Test(arguments: [SignatureEncoding.hex, .base64, .base64url], [20, 32, 48, 64])
    func oneSymbolIsWrongAndSoIsItsByte(encoding: SignatureEncoding, length: Int) throws {
        var generator = SeededGenerator(seed: UInt64(length))
        let signature = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let text = encoding.encode(signature)
        let symbols = encoding.symbols(in: text)
        for position in 0..<symbols {
            let wrong = encoding.withWrongSymbol(in: text, at: position, using: &generator)
            #expect(wrong.count == text.count)
            #expect(text.indices.filter { wrong[$0] != text[$0] } == [position])
            // Strict decoders take no text whose spare bits are set.
            let decoded = try #require(encoding.decode(wrong))
            let byte = encoding == .hex ? position / 2 : position * 6 / 8
            #expect(decoded.indices.first { decoded[$0] != signature[$0] } == byte)
        }
    }

    @Test func theWrongSymbolIsDrawnAnew() {
        var generator = SeededGenerator(seed: 1)
        let text = [UInt8](repeating: UInt8(ascii: "0"), count: 64)
        let drawn = (0..<100).map { _ in
            SignatureEncoding.hex.withWrongSymbol(in: text, at: 5, using: &generator)[5]
        }
        #expect(Set(drawn).count == 8)
    }
}
