import Bytes
import Foundation
import Schemes
import Testing
import Transport

/// A context with everything fixed, for any scheme.
func fixedContext(_ scheme: Scheme, secret: String? = nil, body: String? = nil) throws -> RequestContext {
    let text = secret.map { Array($0.utf8) } ?? scheme.signature.secret.publishedSecret("test")
    return RequestContext(
        scheme: scheme, payload: scheme.payloads[0], secret: try Secret(text, rule: scheme.signature.secret),
        credentials: ["api-key": Array("wh_key".utf8), "app-id": Array("bot".utf8)], now: 1_700_000_000,
        eventID: "evt_1", text: "a test",
        authority: "localhost", target: scheme.payloads[0].path, bodyTemplate: body.map { Array($0.utf8) })
}

@Suite("Signing")
struct SigningTests {
    /// Signature headers computed with Python's hmac over the recipe in each document.
    static let published: [(scheme: String, secret: String, body: String, header: String)] = [
        // hmac.new(b"shared", b'1700000000.{"a":1}', "sha256").hexdigest()
        (
            "scaiwave", "shared", #"{"a":1}"#,
            "t=1700000000,v1=e8a57bb8048d18391d3eb8464b2c3398b36bce5c7b179e65e3ef49430731b313"
        ),
        (
            "vaultysclaw", "a-random-secret-at-least-32-chars", #"{"message":"Build failed","author":"ci-bot"}"#,
            "sha256=235a01b871e8f826490ecdabd2bd3abe236a6292a89c64eb9ec27b74e7d2ec98"
        ),
        (
            "bridge-events", "shared", #"{"a":1}"#,
            "sha256=8c47cd6119c7448c0ca96165e3ac5fbc4c0b23340c2ad8dd75873de4ee45f420"
        ),
        (
            "github", "It's a Secret to Everybody", "Hello, World!",
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
        ),
        (
            "standard-webhooks", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", #"{"test": 2432232314}"#,
            "v1,4XMdgjJVktgzgimKOVH1w20zAJ6iGDUlVrjfqtB8zL0="
        ),
        (
            "slack", "8f742231b10e8888abcd99yyyzzz85a5", "token=x",
            "v0=5828b90d7a47aaa6bb1cfc37329697c8af66c0588688c481128f9e776a51b5ab"
        ),
        // The key of the vendor's sample; hmac.new(b64decode(key), body, "sha256").digest() in Base64
        (
            "teams-outgoing", "vqF0En+Z0ucuRTM/01o2GuhMH3hKKk/N2bOmlM31zaA=",
            #"{"type":"message","text":"<at>bot</at> hello"}"#, "HMAC bB9Dah/M3HQkHDWEFs6Hhn9WlD7dkoqiPZFDF5zMbs8="
        ),
        // Python's cryptography, under the seed of RFC 8032 §7.1, test 1
        (
            "discord", "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", #"{"type":1}"#,
            "1695961a47c91a1ec033b819b7e87e3dbc583dd0cee6d1fd0216f58ac87b6228"
                + "ae531ddbf91fb7bc28d7edf7f08604da16f54624f38a6bc0614e4dc13cd47f0f"
        ),
    ]

    @Test("produces the header that Python computes", arguments: published)
    func header(example: (scheme: String, secret: String, body: String, header: String)) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: example.scheme))
        let context = try fixedContext(scheme, secret: example.secret, body: example.body)
        let request = Draft(context).signedRequest().request
        let header = try #require(request.headers.first(named: scheme.signature.header))
        #expect(String(decoding: header, as: UTF8.self) == example.header)
    }

    @Test("is accepted by the reference verifier", arguments: SchemeLibrary.names)
    func verifies(name: String) throws {
        let scheme = try #require(SchemeLibrary.scheme(named: name))
        for payload in scheme.payloads {
            let context = try fixedContext(scheme)
            let verifier = Verifier(scheme: scheme, secrets: [context.secret], credentials: context.credentials)
            let signed = Draft(context).signedRequest()
            #expect(verifier.verify(signed.request, now: context.now) == .accepted(secret: 0), "\(payload.id)")
            var altered = signed.request
            altered.body[0] ^= 1
            let isCovered = scheme.signature.message.contains(.body)
            let reason: Rejection = isCovered ? .signatureWrong : .bindingWrong
            #expect(verifier.verify(altered, now: context.now) == .rejected(reason))
        }
    }

    @Test("fills the places of a body, and only them")
    func places() throws {
        let scheme = try #require(SchemeLibrary.scheme(named: "scaiwave"))
        let context = try fixedContext(scheme, body: "{event-id} {unix-time} {iso-time} {text} {other} {")
        #expect(
            String(decoding: Draft(context).body, as: UTF8.self)
                == "evt_1 1700000000 2023-11-14T22:13:20Z a test {other} {")
    }

    @Test(
        "writes times as RFC 3339",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
            (4_102_444_799, "2099-12-31T23:59:59Z"), (1_709_164_800, "2024-02-29T00:00:00Z"),
        ] as [(Int64, String)])
    func isoTime(seconds: Int64, text: String) {
        #expect(ISOTime.text(seconds) == text)
    }

    @Test("never prints a secret")
    func secretIsSilent() throws {
        let scheme = try #require(SchemeLibrary.scheme(named: "github"))
        let secret = try Secret(Array("hunter2".utf8), rule: scheme.signature.secret)
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped] { #expect(!text.contains("hunter2")) }
    }
}
