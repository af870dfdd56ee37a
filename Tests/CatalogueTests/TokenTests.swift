import Bytes
import Catalogue
import Cryptography
import Foundation
import ReportModel
import Schemes
import Testing
import Transport

/// Tokens between this project and Python's cryptography, which knows nothing of it.
@Suite("Tokens, seen by Python", .enabled(if: Tool.reasonToSkip(module: "cryptography") == nil))
struct TokenTests {
    private func context() throws -> RequestContext {
        VectorContext.context(of: try #require(SchemeLibrary.scheme(named: "teams-bot")))
    }

    @Test("are verified by Python, with a key read from the set of keys")
    func verified() throws {
        let context = try context()
        let key = try RSAPrivateKey(der: context.secret.key).publicKey
        let header = try #require(Draft(context).signedRequest().request.headers.first(named: "Authorization"))
        let program = """
            import base64, json, sys
            from cryptography.hazmat.primitives import hashes
            from cryptography.hazmat.primitives.asymmetric import padding, rsa
            given = json.load(sys.stdin)
            raw = lambda t: base64.urlsafe_b64decode(t + "=" * (-len(t) % 4))
            scheme, token = given["header"].split(" ")
            h, c, s = token.split(".")
            head, claims = json.loads(raw(h)), json.loads(raw(c))
            jwk, = [k for k in given["keys"]["keys"] if k["kid"] == head["kid"]]
            number = lambda t: int.from_bytes(raw(t), "big")
            rsa.RSAPublicNumbers(number(jwk["e"]), number(jwk["n"])).public_key().verify(
                raw(s), (h + "." + c).encode(), padding.PKCS1v15(), hashes.SHA256())
            print(scheme, head["alg"], claims["iss"], claims["aud"], claims["serviceurl"],
                  claims["exp"] - claims["nbf"], claims["nbf"])
            """
        let input: JSON = ["header": .string(String(decoding: header, as: UTF8.self)), "keys": JWKS.json([key])]
        #expect(
            try Tool.python(program, input.serialized())
                == "Bearer RS256 https://api.botframework.com published-app-id-never-for-use "
                + "https://smba.trafficmanager.net/teams/ 3600 1700000000")
    }

    @Test("made by Python are accepted, in any order of members and with others beside them")
    func made() throws {
        let context = try context()
        var request = Draft(context).signedRequest().request
        let program = """
            import base64, hashlib, json, sys
            from cryptography.hazmat.primitives import hashes, serialization
            from cryptography.hazmat.primitives.asymmetric import padding
            key = serialization.load_pem_private_key(sys.stdin.buffer.read(), None)
            text = lambda b: base64.urlsafe_b64encode(b).rstrip(b"=").decode()
            number = lambda n: text(n.to_bytes((n.bit_length() + 7) // 8, "big"))
            public = key.public_key().public_numbers()
            jwk = json.dumps({"e": number(public.e), "kty": "RSA", "n": number(public.n)}, separators=(",", ":"))
            kid = text(hashlib.sha256(jwk.encode()).digest())
            part = lambda d: text(json.dumps(d, indent=1).encode())
            signed = part({"typ": "JWT", "alg": "RS256", "x5t": kid, "kid": kid}) + "." + part({
                "exp": 1700000100, "aud": "published-app-id-never-for-use", "other": [1, {"a": None}],
                "iss": "https://api.botframework.com", "serviceurl": "https://smba.trafficmanager.net/teams/"})
            print("Bearer " + signed + "." + text(key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())))
            """
        let header = try Tool.python(program, context.secret.text)
        request.headers.set("Authorization", Array(header.utf8))
        let verifier = Verifier(
            scheme: context.scheme, secrets: [context.secret], credentials: context.credentials)
        #expect(verifier.verify(request, now: context.now) == .accepted(secret: 0))
        #expect(verifier.verify(request, now: context.now + 401) == .rejected(.tooOld))
        request.headers.set("Authorization", Array(header.dropLast(4).utf8) + Array("AAAA".utf8))
        #expect(verifier.verify(request, now: context.now) == .rejected(.signatureWrong))
    }
}

@Suite("The strict reading of tokens")
struct TokenReadingTests {
    @Test(
        "says what is wrong",
        arguments: [
            ("token/alg-none", Rejection.signatureWrong), ("token/other-key", .signatureWrong),
            ("token/hs256-pem", .signatureWrong), ("token/claims-changed", .signatureWrong),
            ("token/alg-named-rs512", .algorithmWrong), ("token/crit-unknown", .algorithmWrong),
            ("token/key-name-unknown", .keyUnknown), ("token/issuer-other", .issuerWrong),
            ("token/issuer-missing", .issuerWrong), ("token/audience-other", .audienceWrong),
            ("token/audience-missing", .audienceWrong), ("token/expired-10-minutes-ago", .tooOld),
            ("token/expiry-missing", .timestampMissing), ("token/expiry-word", .timestampMalformed),
            ("token/begins-in-10-minutes", .tooFarAhead), ("token/service-url-other", .bindingWrong),
            ("token/service-url-of-body-changed", .bindingWrong), ("token/two-parts", .signatureMalformed),
            ("token/without-bearer", .signatureMalformed), ("token/padded", .signatureWrong),
        ])
    func reasons(id: String, expected: Rejection) throws {
        let probe = try #require(Catalogue.named(id)?.probe)
        let context = VectorContext.context(of: try #require(SchemeLibrary.scheme(named: "teams-bot")))
        let verifier = Verifier(scheme: context.scheme, secrets: [context.secret], credentials: context.credentials)
        #expect(verifier.verify(probe.probeRequest(context).request, now: context.now) == .rejected(expected))
    }

    @Test("needs the app id: without it no token is for anyone")
    func audience() throws {
        let context = VectorContext.context(of: try #require(SchemeLibrary.scheme(named: "teams-bot")))
        let verifier = Verifier(scheme: context.scheme, secrets: [context.secret])
        let request = Draft(context).signedRequest().request
        #expect(verifier.verify(request, now: context.now) == .rejected(.audienceWrong))
    }

    @Test("takes any bytes without a crash, and believes none")
    func fuzz() throws {
        var generator = SystemRandomNumberGenerator()
        let context = VectorContext.context(of: try #require(SchemeLibrary.scheme(named: "teams-bot")))
        let verifier = Verifier(scheme: context.scheme, secrets: [context.secret], credentials: context.credentials)
        var request = Draft(context).signedRequest().request
        let sound = try #require(request.headers.first(named: "Authorization"))
        for _ in 0..<500 {
            var text = sound
            let place = Int.random(in: 0..<text.count, using: &generator)
            text[place] ^= UInt8.random(in: 1...255, using: &generator)
            request.headers.set("Authorization", text)
            #expect(!verifier.verify(request, now: context.now).isAccepted)
        }
        #expect(Token([]) == nil && Token(Array("..".utf8)) == nil && Token(Array("e30.e30.".utf8)) != nil)
    }

    @Test("describes keys and their place as the vendor does")
    func documents() {
        let document = OpenIDDocument.json(issuer: "https://api.botframework.com", jwksURL: "http://127.0.0.1/keys")
        #expect(document["issuer"] == "https://api.botframework.com")
        #expect(document["jwks_uri"] == "http://127.0.0.1/keys")
        #expect(document["id_token_signing_alg_values_supported"] == ["RS256"])
    }
}
