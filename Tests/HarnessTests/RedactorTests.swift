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
        return Redactor(
            secret: try Secret(Array(secret.utf8), rule: scheme.signature.secret),
            credentials: ["api-key": Array("wh_1234567890".utf8)])
    }

    @Test(
        "never holds a secret, in any encoding",
        arguments: [
            "It's a Secret", "4974277320612053656372 6574", "49742773206120536563726574",
            "49742773206120536563726574".uppercased(),
            "SXQncyBhIFNlY3JldA==", "SXQncyBhIFNlY3JldA", "It%27s%20a%20Secret", "wh_1234567890",
        ])
    func hides(form: String) throws {
        let text = try redactor("It's a Secret").text(Array("before \(form) after".utf8))
        if form.contains(" 6574") { return #expect(text.contains(form), "a cut secret is another text") }
        #expect(!text.contains(form))
        #expect(text.hasPrefix("before [") && text.hasSuffix("] after"))
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
            ("v0=0123456789abcdef0124", "v0=0123456789abcdef0124"),
        ])
    func signatures(given: String, shown: String) throws {
        let text = try redactor("whatever").text(
            Array(given.utf8), signatures: [Array("0123456789abcdef0123".utf8), [], Array("ab".utf8)])
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
        let signatures = valid.withLock { $0.map { String(decoding: $0, as: UTF8.self) } }
        #expect(!signatures.isEmpty && !report.record.evidence.isEmpty)
        for (id, evidence) in report.record.evidence {
            for record in [evidence.probe, evidence.control].compactMap(\.self) {
                #expect(!signatures.contains { record.request.contains($0) || record.answer.contains($0) }, "\(id)")
            }
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
