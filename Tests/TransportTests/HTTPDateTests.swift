import Glibc
import Testing
import Transport

@Suite("A date in a header")
struct HTTPDateTests {
    /// Says a moment with the C library.
    static func reference(_ moment: Int64) -> String {
        var time = time_t(moment)
        var parts = tm()
        gmtime_r(&time, &parts)
        var text = [CChar](repeating: 0, count: 64)
        strftime(&text, 64, "%a, %d %b %Y %H:%M:%S GMT", &parts)
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    @Test("is the example of RFC 9110 §5.6.7 and the seconds around leap days")
    func examples() {
        #expect(HTTPDate.parse(Array("Sun, 06 Nov 1994 08:49:37 GMT".utf8)) == 784_111_777)
        for moment: Int64 in [0, -1, 951_782_399, 951_782_400, 951_868_800, 4_107_542_399, 4_107_542_400] {
            #expect(String(decoding: HTTPDate.format(moment), as: UTF8.self) == Self.reference(moment))
        }
    }

    @Test("is written as the C library writes it, and read back")
    func random() {
        var generator = SystemRandomNumberGenerator()
        // From the year 1000: before it, the C library leaves out the zeros in front.
        for _ in 0..<2000 {
            let moment = Int64.random(in: -30_610_224_000...253_402_300_799, using: &generator)
            let text = HTTPDate.format(moment)
            #expect(String(decoding: text, as: UTF8.self) == Self.reference(moment))
            #expect(HTTPDate.parse(text) == moment)
        }
    }

    @Test("stays in the years that the form can say")
    func clamped() {
        #expect(HTTPDate.format(.max) == Array("Fri, 31 Dec 9999 23:59:59 GMT".utf8))
        #expect(HTTPDate.format(.min) == Array("Mon, 01 Jan 0001 00:00:00 GMT".utf8))
        for moment in [HTTPDate.format(.max), HTTPDate.format(.min)] { #expect(HTTPDate.parse(moment) != nil) }
    }

    @Test(
        "in any other form is refused",
        arguments: [
            "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Mon, 06 Nov 1994 08:49:37 GMT",
            "sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT",
            "Sun, 06 Nov 1994 08:49:60 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 06 Nov 1994 8:49:37 GMT",
            "Thu, 30 Feb 2023 00:00:00 GMT", "Wed, 29 Feb 2023 00:00:00 GMT", "Sun, +6 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 0000 08:49:37 GMT", "Sun; 06 Nov 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
        ])
    func refused(_ text: String) { #expect(HTTPDate.parse(Array(text.utf8)) == nil) }

    @Test("survives any bytes, and writes back what it reads")
    func fuzz() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<5000 {
            var text = HTTPDate.format(Int64.random(in: 0...4_000_000_000, using: &generator))
            let place = Int.random(in: 0..<text.count, using: &generator)
            text[place] = UInt8.random(in: 0...255, using: &generator)
            if let moment = HTTPDate.parse(text) { #expect(HTTPDate.format(moment) == text) }
        }
    }
}
