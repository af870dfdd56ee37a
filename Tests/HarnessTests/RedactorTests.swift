import Catalogue
import Harness
import ReportModel
import Schemes
import Subjects
import Synchronization
import Testing
import Transport

@Suite("Recorded evidence")
struct RedactorTests {
    private func redactor(_ secret: String) throws -> Redactor {
        let scheme = try #require(SchemeLibrary.scheme(named: "bridge-events"))
        let redactor = Redactor()
        redactor.hide(try Secret(Array(secret.utf8), rule: scheme.signature.secret))
        redactor.hide(Array("wh_1234567890".utf8), as: "api-key")
        return redactor
    }

    /// Made with Python's `bytes.hex`, `base64`, `urllib.parse.quote`, `json.dumps`, `html.escape` and `repr`.
    @Test(
        "never holds a secret, in any encoding",
        arguments: [
            "It's a Secret+/?ü", "497427732061205365637265742b2f3fc3bc", "497427732061205365637265742B2F3FC3BC",
            "497427732061205365637265742b2F3FC3bC", "49:74:27:73:20:61:20:53:65:63:72:65:74:2b:2f:3f:c3:bc",
            "49 74 27 73 20 61 20 53 65 63 72 65 74 2B 2F 3F C3 BC", "SXQncyBhIFNlY3JldCsvP8O8",
            "SXQncyBh\nIFNlY3Jl\ndCsvP8O8", "It%27s%20a%20Secret%2B/%3F%C3%BC", "It%27s%20a%20Secret%2b%2f%3f%c3%bc",
            "%49%74%27%73%20%61%20%53%65%63%72%65%74%2b%2f%3f%c3%bc", #"It's a Secret+\/?\u00fc"#,
            #"\u0049\u0074\u0027\u0073\u0020\u0061\u0020\u0053\u0065\u0063\u0072\u0065\u0074\u002B\u002F\u003F\u00FC"#,
            "It&#x27;s a Secret+/?ü", "It&apos;s a Secret&plus;&sol;&quest;ü", #"It's a Secret+/?\xc3\xbc"#,
            "&#73;&#116;&#39;&#115;&#32;&#97;&#32;&#83;&#101;&#99;&#114;&#101;&#116;&#43;&#47;&#63;&#252;",
            "&#X49;&#X74;&#X27;&#X73;&#X20;&#X61;&#X20;&#X53;&#X65;&#X63;&#X72;&#X65;&#X74;&#X2b;&#X2f;&#X3f;&#Xfc;",
            "It%27s%20a%20Secret%2B%5C%2F%3F%5Cu00fc",
        ])
    func hides(form: String) throws {
        #expect(try redactor("It's a Secret+/?ü").text(Array("before \(form) after".utf8)) == "before [secret] after")
    }

    /// `user:SECRET!`, `us:SECRET` and `use:SECRET` in Base64, and digits on both sides of its hexadecimal form.
    @Test(
        "never holds a secret inside of something else",
        arguments: [
            ("dXNlcjpJdCdzIGEgU2VjcmV0Ky8/w7wh", "w7wh"), ("dXM6SXQncyBhIFNlY3JldCsvP8O8", "dCsv"),
            ("dXNlOkl0J3MgYSBTZWNyZXQrLz/DvA==", "LSTZ"), ("dXNlcjpJdCdzIGEgU2VjcmV0Ky8_w7wh", "cmV0"),
            ("a497427732061205365637265742b2f3fc3bcf", "736563"),
        ])
    func hidesInside(form: String, piece: String) throws {
        let text = try redactor("It's a Secret+/?ü").text(Array("before \(form) after".utf8))
        #expect(text.hasPrefix("before ") && text.hasSuffix(" after") && text.contains("[secret]"))
        #expect(!text.contains(piece.prefix(4)) || piece == "736563", "\(text)")
    }

    @Test("hides the longer of two secrets that begin alike, and what two share, once")
    func overlaps() throws {
        let redactor = try redactor("abcdefgh")
        redactor.hide(Array("abcdefghijkl".utf8), as: "longer")
        redactor.hide(Array("klmnop".utf8), as: "next")
        #expect(redactor.text(Array("<abcdefghijklmnop> <abcdefgh>".utf8)) == "<[longer]> <[secret]>")
    }

    @Test(
        "shows what is no secret as it is",
        arguments: ["It's a Secre", "4974277320612053656372 6574", "100%25 &amp; %zz &#; &#x; é", "", "%", "&", "{}"])
    func shows(text: String) throws {
        let expected = text.utf8.map { $0 < 0x80 ? String(UnicodeScalar($0)) : "\\x" + String($0, radix: 16) }.joined()
        #expect(try redactor("It's a Secret+/?ü").text(Array(text.utf8)) == expected)
    }

    @Test("leaves no piece of a secret at the place where it is cut")
    func cut() throws {
        let secret = "abcdefghijklmnopqrstuvwxyz"
        for length in 0..<60 {
            let text = try redactor(secret).text(
                Array((String(repeating: "x", count: length) + secret).utf8), limit: 40)
            #expect(!text.contains("abcd"), "\(length)")
        }
    }

    @Test(
        "shows tokens without their signatures",
        arguments: [
            ("Bearer eyJhbGciOiJS.eyJpc3MiOiJo.c2ln-_x\n", "Bearer eyJhbGciOiJS.eyJpc3MiOiJo.[signature]\n"),
            ("eyJa.eyJi.c eyJa.eyJi.d", "eyJa.eyJi.[signature] eyJa.eyJi.[signature]"),
            ("{\"t\":\"eyJa.eyJi.c\"}", "{\"t\":\"eyJa.eyJi.[signature]\"}"),
            ("eyJa.eyJi", "eyJa.eyJi"), ("eyJa.eyJi.", "eyJa.eyJi."), ("eyJ", "eyJ"),
            ("eyJ eyJa.b.c", "eyJ eyJa.b.[signature]"),
        ])
    func tokens(given: String, shown: String) throws {
        #expect(try redactor("whatever").text(Array(given.utf8)) == shown)
    }

    @Test(
        "leaves out the right signature, and shows others",
        arguments: [
            ("v0=0123456789abcdef0123", "v0=[signature]"), ("v0=0123456789ABCDEF0123", "v0=[signature]"),
            ("v0=0123456789abcdef0124", "v0=0123456789abcdef0124"), ("v0=ASNFZ4mrze8BIw==", "v0=[signature]=="),
        ])
    func signatures(given: String, shown: String) throws {
        let text = try redactor("whatever").text(
            Array(given.utf8), signatures: [[0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0x01, 0x23], [], [0xAB]])
        #expect(text == shown)
    }

    @Test("has no signature that could be sent again")
    func evidence() throws {
        let valid = Mutex<Set<[UInt8]>>([])
        let key = VectorContext.secret(of: Fixture.scheme).key
        let report = try Fixture.run { request, _ in
            if Fixture.verdict(request) {
                valid.withLock { _ = $0.insert(Fixture.scheme.rightSignature(for: request, key: key)) }
            }
            return .success(HTTPResponse(status: 200))
        }
        let signatures = valid.withLock { $0 }
        #expect(!signatures.isEmpty && !report.record.evidence.isEmpty)
        for (id, evidence) in report.record.evidence {
            for record in [evidence.probe, evidence.control].compactMap(\.self) {
                #expect(!Self.holds(record.request + record.answer, any: signatures), "\(id)")
            }
        }
    }

    /// Whether a text holds any of these byte strings.
    private static func holds(_ text: String, any wanted: Set<[UInt8]>) -> Bool {
        let bytes = Array(text.utf8)
        return Set(wanted.map(\.count)).contains { length in
            bytes.count >= length
                && (0...(bytes.count - length)).contains { wanted.contains(Array(bytes[$0..<($0 + length)])) }
        }
    }

    @Test("is harmless in a terminal")
    func controls() throws {
        let text = try redactor("whatever").text([
            0x1B, 0x5B, 0x33, 0x31, 0x6D, 0x00, 0x07, 0x9B, 0xFF, 0x0A, 0x0D, 0x41, 0x5C,
        ])
        #expect(text == "\\x1b[31m\\x00\\x07\\x9b\\xff\nA\\\\")
    }
}
