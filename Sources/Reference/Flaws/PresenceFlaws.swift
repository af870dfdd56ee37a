internal import Bytes
internal import Catalogue
internal import Schemes
internal import Transport

/// Requests without a signature or a credential that are let in, and what switches the verification off.
enum PresenceFlaws {
    static let all: [Flaw] = [
        Flaw(
            "no-verification", covers: ["A01"], caughtBy: ["signature/*", "body/*"],
            "It never verifies anything.",
            explanation: "Your endpoint accepts every request, signed or not: nothing calls the verifier."
        ) { $0.acceptAnyway { _, _ in true } },
        Flaw(
            "missing-signature-accepted", covers: ["A02"],
            caughtBy: ["presence/no-signature-and-no-timestamp", "presence/no-signature-header"],
            "It verifies only requests that have a signature header.",
            explanation: "Your endpoint verifies a signature that is there, and lets in requests that have none."
        ) { $0.skip(.signatureMissing) },
        Flaw(
            "missing-timestamp-accepted", covers: ["A02", "E02"], needs: [.timestamp, .timestampHeader],
            caughtBy: ["presence/no-timestamp-header"], "It verifies only requests that have a timestamp header.",
            explanation: "Your endpoint lets in requests without a timestamp header, whatever their signature is."
        ) { $0.acceptAnyway { reason, _ in reason == .timestampMissing } },
        Flaw(
            "empty-header-accepted", covers: ["A03"], caughtBy: ["presence/empty-signature-header"],
            "It takes an empty signature header for a good one.",
            explanation: "Your endpoint skips the verification when the signature header is there but empty."
        ) { $0.acceptAnyway { _, received in received.signatureHeader == [] } },
        Flaw(
            "empty-signature-accepted", covers: ["A03", "B01"], caughtBy: ["signature/empty"],
            "It takes a signature of no characters for a good one.",
            explanation: "Your endpoint accepts a signature header whose prefix or key has nothing behind it."
        ) { $0.acceptAnyway { _, received in received.signatures.contains([]) } },
        Flaw(
            "presence-only", covers: ["A03"], caughtBy: ["presence/*", "signature/*"],
            "It looks only whether the signature header is there.",
            explanation: "Your endpoint looks whether there is a signature header, and never at what it says."
        ) { $0.acceptAnyway { _, received in received.signatureHeader?.isEmpty == false } },
        Flaw(
            "debug-header-trusted", covers: ["A10"],
            caughtBy: [
                "presence/switch-header-debug", "presence/switch-header-skip-signature", "presence/switch-header-test",
            ],
            "It skips the verification when a header asks for it.",
            explanation:
                "Your endpoint has a header for developers that switches the verification off, and anyone may send it."
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
            "It skips the verification when the query asks for it.",
            explanation: "Your endpoint has a query parameter for developers that switches the verification off."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                ["test", "debug", "skip_verify"].contains { received.request.query($0) != nil }
            }
        },
        Flaw(
            "loopback-trusted", covers: ["A10", "K08"],
            caughtBy: ["presence/switch-header-forwarded-for", "transport/unsigned-with-x-forwarded-for"],
            "It skips the verification for requests that say they come from the same machine.",
            explanation: "Your endpoint trusts X-Forwarded-For, and skips the verification for 127.0.0.1."
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
            "It skips the verification when a header names another environment.",
            explanation: "Your endpoint lets the sender say that this is no production, and then verifies nothing."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                ["X-Environment", "X-Mock", "X-Internal-Request"].contains { received.header($0) != nil }
            }
        },
        Flaw(
            "credential-unchecked", covers: ["A11"], needs: [.credential], caughtBy: ["presence/*credential*"],
            "It checks the signature, and never the credential beside it.",
            explanation: "Your endpoint never looks at the credential that has to come with the signature."
        ) { $0.skip(.credentialMissing, .credentialWrong) },
        Flaw(
            "credential-optional", covers: ["A11"], needs: [.credential], caughtBy: ["presence/no-credential"],
            "It checks the credential only when there is one.",
            explanation: "Your endpoint compares a credential that is there, and does without one that is not."
        ) { $0.skip(.credentialMissing) },
        Flaw(
            "credential-empty-accepted", covers: ["A11"], needs: [.credential], caughtBy: ["presence/empty-credential"],
            "It takes an empty credential for a good one.",
            explanation: "Your endpoint skips the comparison of the credential when the header is empty."
        ) { behaviour in
            let matches = behaviour.steps.credentialMatches
            behaviour.steps.credentialMatches = { given, right in given.isEmpty || matches(given, right) }
        },
        Flaw(
            "credential-undefined-accepted", covers: ["A08", "A11"], needs: [.credential],
            caughtBy: ["presence/credential-undefined"], "It takes the word undefined for a good credential.",
            explanation: "Your endpoint compares the credential with a setting that was turned into the text undefined."
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
            "It compares the credential up to the shorter of the two lengths.",
            explanation:
                "Your endpoint compares the credential only as far as both texts reach, so that its first letter is enough."
        ) { $0.steps.credentialMatches = { given, right in !given.isEmpty && zip(given, right).allSatisfy(==) } },
        Flaw(
            "credential-starts-with", covers: ["A11"], needs: [.credential],
            caughtBy: ["presence/credential-with-suffix"],
            "It looks only whether the credential starts with the right one.",
            explanation: "Your endpoint accepts any text that begins with the right credential."
        ) { $0.steps.credentialMatches = { given, right in given.starts(with: right) } },
        Flaw(
            "credential-last-byte-ignored", covers: ["A11"], needs: [.credential],
            caughtBy: ["presence/credential-last-changed"], "It does not compare the last byte of the credential.",
            explanation: "Your endpoint stops comparing the credential one byte too early."
        ) {
            $0.steps.credentialMatches = { given, right in
                given.count == right.count && given.dropLast() == right.dropLast()
            }
        },
        Flaw(
            "credential-suffices", covers: ["A11"], needs: [.credential],
            caughtBy: ["presence/credential-*", "signature/*"],
            "It asks for the credential or the signature, not for both.",
            explanation: "Your endpoint takes the right credential for enough, and lets any signature pass with it."
        ) { $0.acceptAnyway { _, received in received.hasCredentials } },
        Flaw(
            "credential-as-signature", covers: ["A11"], needs: [.credential],
            caughtBy: ["presence/credential-as-signature"],
            "It accepts the credential in the place of the signature.",
            explanation:
                "Your endpoint holds the credential and the signature in one list, and takes one for the other."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                received.signatures.contains { received.credentials.values.contains($0) } && received.hasCredentials
            }
        },
        Flaw(
            "non-ascii-credential-crashes", covers: ["B05"], needs: [.credential],
            caughtBy: ["presence/credential-byte-e9", "presence/credential-byte-ff", "presence/credential-utf8"],
            "It fails with an exception on a credential that is not ASCII.",
            explanation:
                "Your endpoint compares the credential as text, and one byte outside ASCII makes the comparison throw."
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
            "It takes the signature from other headers as well.",
            explanation: "Your endpoint tries the signature headers of other services when its own is missing."
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
            "It takes the signature from the query as well.",
            explanation:
                "Your endpoint reads the signature from the query when the header is missing, and addresses land in logs."
        ) { behaviour in
            let name = behaviour.scheme.signature.header
            behaviour.changeRequest { request in
                guard request.headers.first(named: name) == nil else { return }
                if let value = request.query("signature") ?? request.query(name) { request.headers.append(name, value) }
            }
        },
        Flaw(
            "signature-from-body", covers: ["B15"], needs: [.json], caughtBy: ["presence/json-member"],
            "It takes the signature from a member of the body as well, over the body without it.",
            explanation:
                "Your endpoint reads the signature from the body when the header is missing, and verifies the rest."
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
            "It takes the signature from a cookie as well.",
            explanation: "Your endpoint reads the signature from a cookie when the header is missing."
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
            "It takes the signature from the Authorization header as well.",
            explanation:
                "Your endpoint reads the signature from the Authorization header when its own header is missing."
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
            "It serves its path with slashes behind it, unverified.",
            explanation:
                "Your endpoint's router ignores a slash at the end of the path, and the guard does not know that spelling."
        ) { behaviour in
            behaviour.alsoServe { target, path in
                let given = target.prefix { $0 != UInt8(ascii: "?") }
                return given.starts(with: path) && given.dropFirst(path.count).allSatisfy { $0 == UInt8(ascii: "/") }
            }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
        Flaw(
            "test-path-unguarded", covers: ["A13"], caughtBy: ["presence/path-test"],
            "It has a route for tests below its path that nothing guards.",
            explanation: "Your endpoint has a route ending in /test that does the same without verifying."
        ) { behaviour in
            behaviour.alsoServe { target, path in target.elementsEqual(path + "/test".utf8) }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
        Flaw(
            "path-case-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-upper-case"],
            "It serves its path in capitals, unverified.",
            explanation: "Your endpoint's router ignores the case of the path, and the guard does not."
        ) { behaviour in
            behaviour.alsoServe { target, path in ASCII.equalsIgnoringCase(target, path) }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
        Flaw(
            "doubled-slash-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-double-slash-in-front"],
            "It serves its path with two slashes in front, unverified.",
            explanation: "Your endpoint's router folds doubled slashes, and the guard looks at the path before that."
        ) { behaviour in
            behaviour.alsoServe { target, path in target.elementsEqual([UInt8(ascii: "/")] + path) }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
        Flaw(
            "encoded-path-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-percent-encoded"],
            "It serves its path with percent escapes, unverified.",
            explanation: "Your endpoint's router resolves percent escapes, and the guard looks at the path before that."
        ) { behaviour in
            behaviour.alsoServe { target, path in HTTPRequest.unescaped(target) == path }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
        Flaw(
            "path-parameter-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-parameter"],
            "It serves its path with a parameter behind a semicolon, unverified.",
            explanation: "Your endpoint's router cuts the path at a semicolon, and the guard does not."
        ) { behaviour in
            behaviour.alsoServe { target, path in target.prefix { $0 != UInt8(ascii: ";") }.elementsEqual(path) }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
        Flaw(
            "dot-segment-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-dot-segment"],
            "It serves its path with a dot segment in front, unverified.",
            explanation: "Your endpoint's router resolves dot segments, and the guard looks at the path before that."
        ) { behaviour in
            behaviour.alsoServe { target, path in target.elementsEqual("/.".utf8 + path) }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
        Flaw(
            "path-suffix-unguarded", covers: ["A13", "K07"], caughtBy: ["presence/path-json-suffix"],
            "It serves its path with .json behind it, unverified.",
            explanation:
                "Your endpoint's router takes a suffix such as .json for a format, and the guard does not know that path."
        ) { behaviour in
            behaviour.alsoServe { target, path in target.elementsEqual(path + ".json".utf8) }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
        Flaw(
            "old-version-unguarded", covers: ["A13"], caughtBy: ["presence/path-old-version"],
            "It still serves an older version of its path, unverified.",
            explanation: "Your endpoint left an older version of the route in place that never learnt to verify."
        ) { behaviour in
            behaviour.alsoServe { target, path in
                let old = Array("/v0".utf8) + (path.starts(with: "/v1/".utf8) ? Array(path.dropFirst(3)) : path)
                return target == old
            }
            behaviour.acceptAnyway { _, received in !received.isAtDocumentedPath }
        },
    ]
}
