internal import Bytes
internal import Catalogue
internal import Schemes
internal import Transport

/// Requests accepted without a signature or a credential, and ways to turn verification off.
enum PresenceFlaws {
    static let all: [Flaw] = [
        Flaw(
            "no-verification", covers: ["A01"], caughtBy: ["signature/*", "body/*"],
            "It verifies nothing.",
            explanation: "Your endpoint accepts every request, signed or not: nothing calls the verifier."
        ) { $0.acceptAnyway { _, _ in true } },
        Flaw(
            "missing-signature-accepted", covers: ["A02"],
            caughtBy: ["presence/no-signature-and-no-timestamp", "presence/no-signature-header"],
            "It verifies a request only if it has a signature header.",
            explanation:
                "Your endpoint verifies a signature that is present but accepts requests without one, so an attacker "
                + "only has to leave it out."
        ) { $0.skip(.signatureMissing) },
        Flaw(
            "missing-timestamp-accepted", covers: ["A02", "E02"], needs: [.timestamp, .timestampHeader],
            caughtBy: ["presence/no-timestamp-header"],
            "It verifies a request only if it has a timestamp header.",
            explanation: "Your endpoint accepts any request without a timestamp header, whatever its signature."
        ) { $0.acceptAnyway { reason, _ in reason == .timestampMissing } },
        Flaw(
            "empty-header-accepted", covers: ["A03"], caughtBy: ["presence/empty-signature-header"],
            "It accepts an empty signature header.",
            explanation:
                "Your endpoint skips verification when the signature header is present but empty, so anyone can send "
                + "requests."
        ) { $0.acceptAnyway { _, received in received.signatureHeader == [] } },
        Flaw(
            "empty-signature-accepted", covers: ["A03", "B01"], caughtBy: ["signature/empty"],
            "It accepts an empty signature.",
            explanation:
                "Your endpoint accepts a signature header with nothing after its prefix or key, so anyone can send "
                + "requests."
        ) { $0.acceptAnyway { _, received in received.signatures.contains([]) } },
        Flaw(
            "presence-only", covers: ["A03"], caughtBy: ["presence/*", "signature/*"],
            "It only checks that there is a signature header.",
            explanation:
                "Your endpoint checks that the signature header is present but never looks at its value, so any value "
                + "passes."
        ) { $0.acceptAnyway { _, received in received.signatureHeader?.isEmpty == false } },
        Flaw(
            "debug-header-trusted", covers: ["A10"],
            caughtBy: [
                "presence/switch-header-debug", "presence/switch-header-skip-signature", "presence/switch-header-test",
            ],
            "It skips verification when a header asks for it.",
            explanation: "Your endpoint has a developer header that turns verification off, and anyone can send it."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                ["X-Test", "X-Debug", "X-Skip-Signature"].contains { received.header($0) != nil }
            }
        },
        Flaw(
            "query-switch-trusted", covers: ["A10"],
            caughtBy: [
                "presence/switch-query-debug", "presence/switch-query-skip-verify", "presence/switch-query-test",
            ],
            "It skips verification when a query parameter asks for it.",
            explanation:
                "Your endpoint has a developer query parameter that turns verification off, and anyone can send it."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                ["test", "debug", "skip_verify"].contains { received.request.query($0) != nil }
            }
        },
        Flaw(
            "loopback-trusted", covers: ["A10", "K08"],
            caughtBy: ["presence/switch-header-forwarded-for", "transport/unsigned-with-x-forwarded-for"],
            "It skips verification for requests that claim to come from the local machine.",
            explanation:
                "Your endpoint trusts X-Forwarded-For and skips verification for 127.0.0.1, an address that anyone can "
                + "claim."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                received.header("X-Forwarded-For")?.starts(with: "127.0.0.1".utf8) == true
            }
        },
        Flaw(
            "environment-header-trusted", covers: ["A10"],
            caughtBy: [
                "presence/switch-header-environment", "presence/switch-header-internal", "presence/switch-header-mock",
            ],
            "It skips verification when a header names another environment.",
            explanation: "Your endpoint lets the sender claim that this is not production, and then verifies nothing."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                ["X-Environment", "X-Mock", "X-Internal-Request"].contains { received.header($0) != nil }
            }
        },
        Flaw(
            "credential-unchecked", covers: ["A11"], needs: [.credential], caughtBy: ["presence/*credential*"],
            "It checks the signature but not the credential that must accompany it.",
            explanation:
                "Your endpoint never checks the credential that must accompany the signature, so one of the two "
                + "protections is missing."
        ) { $0.skip(.credentialMissing, .credentialWrong) },
        Flaw(
            "credential-optional", covers: ["A11"], needs: [.credential], caughtBy: ["presence/no-credential"],
            "It checks the credential only if there is one.",
            explanation:
                "Your endpoint checks a credential that is present but accepts requests without one, so a sender only "
                + "has to leave it out."
        ) { $0.skip(.credentialMissing) },
        Flaw(
            "credential-empty-accepted", covers: ["A11"], needs: [.credential], caughtBy: ["presence/empty-credential"],
            "It accepts an empty credential.",
            explanation:
                "Your endpoint skips the comparison when the credential's header is empty, so an empty credential "
                + "passes."
        ) { behaviour in
            let matches = behaviour.steps.credentialMatches
            behaviour.steps.credentialMatches = { given, right in given.isEmpty || matches(given, right) }
        },
        Flaw(
            "credential-undefined-accepted", covers: ["A08", "A11"], needs: [.credential],
            caughtBy: ["presence/credential-undefined"],
            "It accepts the word undefined as a credential.",
            explanation:
                "Your endpoint compares the credential with a missing setting that was converted to the string "
                + "undefined, which anyone can guess."
        ) { behaviour in
            let matches = behaviour.steps.credentialMatches
            behaviour.steps.credentialMatches = { given, right in
                given.elementsEqual("undefined".utf8) || matches(given, right)
            }
        },
        Flaw(
            "credential-prefix-accepted", covers: ["A11"], needs: [.credential],
            caughtBy: [
                "presence/credential-first-character", "presence/credential-without-last",
                "presence/credential-with-suffix",
            ],
            "It compares the credential only up to the length of the shorter value.",
            explanation:
                "Your endpoint stops comparing at the end of the shorter credential, so its first character is enough."
        ) { $0.steps.credentialMatches = { given, right in !given.isEmpty && zip(given, right).allSatisfy(==) } },
        Flaw(
            "credential-starts-with", covers: ["A11"], needs: [.credential],
            caughtBy: ["presence/credential-with-suffix"],
            "It only checks that the credential starts with the correct one.",
            explanation: "Your endpoint accepts any value that begins with the correct credential."
        ) { $0.steps.credentialMatches = { given, right in given.starts(with: right) } },
        Flaw(
            "credential-last-byte-ignored", covers: ["A11"], needs: [.credential],
            caughtBy: ["presence/credential-last-changed"],
            "It does not compare the last byte of the credential.",
            explanation:
                "Your endpoint stops comparing the credential one byte too early, so its last byte can be anything."
        ) {
            $0.steps.credentialMatches = { given, right in
                given.count == right.count && given.dropLast() == right.dropLast()
            }
        },
        Flaw(
            "credential-suffices", covers: ["A11"], needs: [.credential],
            caughtBy: ["presence/credential-*", "signature/*"],
            "It requires the credential or the signature, but not both.",
            explanation:
                "Your endpoint accepts any signature once the credential is correct, so anyone who has the credential "
                + "can forge requests."
        ) { $0.acceptAnyway { _, received in received.hasCredentials } },
        Flaw(
            "credential-as-signature", covers: ["A11"], needs: [.credential],
            caughtBy: ["presence/credential-as-signature"],
            "It accepts the credential in place of the signature.",
            explanation:
                "Your endpoint keeps the credential and the signature in one list of accepted values, so the "
                + "credential passes as a signature."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                received.signatures.contains { received.credentials.values.contains($0) } && received.hasCredentials
            }
        },
        Flaw(
            "non-ascii-credential-crashes", covers: ["B05"], needs: [.credential],
            caughtBy: ["presence/credential-byte-e9", "presence/credential-byte-ff", "presence/credential-utf8"],
            "It throws on a credential that is not ASCII.",
            explanation:
                "Your endpoint compares the credential as a string, and a single byte outside ASCII makes the "
                + "comparison throw."
        ) { behaviour in
            behaviour.crash(
                .traceback("TypeError: comparing strings with non-ASCII characters is not supported", line: 18)
            ) {
                received in
                received.scheme.credentials.contains { received.header($0.header)?.contains { $0 >= 0x80 } == true }
            }
        },
        Flaw(
            "other-header-accepted", covers: ["A12", "B15"], caughtBy: ["presence/other-header-*"],
            "It also reads the signature from other headers.",
            explanation:
                "Your endpoint tries the signature headers of other services when its own is missing, so a gateway "
                + "that checks only the documented header can be bypassed."
        ) { behaviour in
            let name = behaviour.scheme.signature.header
            let others = ["X-Signature", "X-Signature-256", "X-Hub-Signature-256", "X-Webhook-Signature", "Signature"]
            behaviour.changeRequest { request in
                guard request.headers.first(named: name) == nil else { return }
                if let value = others.compactMap({ request.headers.first(named: $0) }).first {
                    request.headers.append(name, value)
                }
            }
        },
        Flaw(
            "signature-from-query", covers: ["B15"],
            caughtBy: ["presence/query-header-name", "presence/query-signature"],
            "It also reads the signature from the query.",
            explanation:
                "Your endpoint reads the signature from the query when the header is missing, and URLs end up in logs."
        ) { behaviour in
            let name = behaviour.scheme.signature.header
            behaviour.changeRequest { request in
                guard request.headers.first(named: name) == nil else { return }
                if let value = request.query("signature") ?? request.query(name) { request.headers.append(name, value) }
            }
        },
        Flaw(
            "signature-from-body", covers: ["B15"], needs: [.json], caughtBy: ["presence/json-member"],
            "It also reads the signature from the body, and verifies the body without it.",
            explanation:
                "Your endpoint reads the signature from the body when the header is missing, and verifies bytes that "
                + "were never sent."
        ) { behaviour in
            let name = behaviour.scheme.signature.header
            behaviour.changeRequest { request in
                guard request.headers.first(named: name) == nil, let body = try? JSON.parse(request.body),
                    let value = body["signature"]?.string
                else { return }
                request.headers.append(name, Array(value.utf8))
                request.body = body.replacing(pointer: "/signature", with: nil).serialized()
            }
        },
        Flaw(
            "signature-from-cookie", covers: ["B15"], caughtBy: ["presence/cookie"],
            "It also reads the signature from a cookie.",
            explanation:
                "Your endpoint reads the signature from a cookie when the header is missing, and browsers attach "
                + "cookies to requests on their own."
        ) { behaviour in
            let name = behaviour.scheme.signature.header
            behaviour.changeRequest { request in
                let cookie = request.headers.first(named: "Cookie") ?? []
                guard request.headers.first(named: name) == nil, cookie.starts(with: "signature=".utf8) else { return }
                request.headers.append(name, Array(cookie.dropFirst("signature=".utf8.count)))
            }
        },
        Flaw(
            "signature-from-authorization", covers: ["B15"], caughtBy: ["presence/authorization"],
            "It also reads the signature from the Authorization header.",
            explanation:
                "Your endpoint reads the signature from the Authorization header when its own header is missing, which "
                + "the document does not allow."
        ) { behaviour in
            let name = behaviour.scheme.signature.header
            behaviour.changeRequest { request in
                let given = request.headers.first(named: "Authorization") ?? []
                guard request.headers.first(named: name) == nil, given.starts(with: "Bearer ".utf8) else { return }
                request.headers.append(name, Array(given.dropFirst("Bearer ".utf8.count)))
            }
        },
        Flaw(
            "trailing-slash-unguarded", covers: ["A13", "K07"],
            caughtBy: ["presence/path-slash", "presence/path-two-slashes"],
            "It serves its path with a trailing slash without verifying.",
            explanation:
                "Your endpoint's router ignores trailing slashes but its verification does not recognise that "
                + "spelling, so a slash bypasses it."
        ) { behaviour in
            behaviour.alsoServe { target, path in
                let given = target.prefix { $0 != UInt8(ascii: "?") }
                return given.starts(with: path) && given.dropFirst(path.count).allSatisfy { $0 == UInt8(ascii: "/") }
            }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
        Flaw(
            "test-path-unguarded", covers: ["A13"], caughtBy: ["presence/path-test"],
            "It serves an unprotected test route below its path.",
            explanation:
                "Your endpoint has a route ending in /test that does the same work without verifying, so anyone can "
                + "use it."
        ) { behaviour in
            behaviour.alsoServe { target, path in target.elementsEqual(path + "/test".utf8) }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
        Flaw(
            "path-case-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-upper-case"],
            "It serves its path in another case without verifying.",
            explanation:
                "Your endpoint's router ignores the case of the path but its verification does not, so capital letters "
                + "bypass it."
        ) { behaviour in
            behaviour.alsoServe { target, path in ASCII.equalsIgnoringCase(target, path) }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
        Flaw(
            "doubled-slash-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-double-slash-in-front"],
            "It serves its path with a doubled leading slash without verifying.",
            explanation:
                "Your endpoint's router merges slashes after verification has looked at the path, so a doubled slash "
                + "bypasses it."
        ) { behaviour in
            behaviour.alsoServe { target, path in target.elementsEqual([UInt8(ascii: "/")] + path) }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
        Flaw(
            "encoded-path-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-percent-encoded"],
            "It serves its path with percent-encoding without verifying.",
            explanation:
                "Your endpoint's router decodes percent-encoding after verification has looked at the path, so an "
                + "encoded path bypasses it."
        ) { behaviour in
            behaviour.alsoServe { target, path in HTTPRequest.unescaped(target) == path }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
        Flaw(
            "path-parameter-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-parameter"],
            "It serves its path with a parameter after a semicolon without verifying.",
            explanation:
                "Your endpoint's router cuts the path at a semicolon but its verification does not, so a parameter "
                + "bypasses it."
        ) { behaviour in
            behaviour.alsoServe { target, path in target.prefix { $0 != UInt8(ascii: ";") }.elementsEqual(path) }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
        Flaw(
            "dot-segment-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-dot-segment"],
            "It serves its path with a leading dot segment without verifying.",
            explanation:
                "Your endpoint's router resolves dot segments after verification has looked at the path, so a dot "
                + "segment bypasses it."
        ) { behaviour in
            behaviour.alsoServe { target, path in target.elementsEqual("/.".utf8 + path) }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
        Flaw(
            "path-suffix-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-json-suffix"],
            "It serves its path with a .json suffix without verifying.",
            explanation:
                "Your endpoint's router treats a suffix such as .json as a format but its verification does not know "
                + "that path, so a suffix bypasses it."
        ) { behaviour in
            behaviour.alsoServe { target, path in target.elementsEqual(path + ".json".utf8) }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
        Flaw(
            "old-version-unguarded", covers: ["A13"], caughtBy: ["presence/path-old-version"],
            "It still serves an older version of its path without verifying.",
            explanation:
                "Your endpoint still has an older version of the route, which was never taught to verify, so anyone "
                + "can use it."
        ) { behaviour in
            behaviour.alsoServe { target, path in
                let old = Array("/v0".utf8) + (path.starts(with: "/v1/".utf8) ? Array(path.dropFirst(3)) : path)
                return target == old
            }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
    ]
}
