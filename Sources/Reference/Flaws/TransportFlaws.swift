internal import Catalogue
internal import Schemes
internal import Transport

/// Methods, targets and proxy headers.
enum TransportFlaws {
    static let all: [Flaw] = [
        Flaw(
            "other-methods-unsigned", covers: ["K05"], caughtBy: ["transport/*"],
            "It verifies only POST, but serves other methods too.",
            explanation:
                "Your endpoint's handler serves every method but verifies only POST, so another method bypasses "
                + "verification."
        ) { behaviour in
            behaviour.methods += ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"]
            behaviour.acceptAnyway { _, received in !received.isPost }
            behaviour.isUsable = { _, _ in true }
        },
        Flaw(
            "put-unsigned", covers: ["K05"], caughtBy: ["transport/unsigned-put-method"],
            "It serves PUT without verifying it.",
            explanation:
                "Your endpoint's route accepts PUT as well as POST but verifies only POST, so PUT bypasses "
                + "verification."
        ) { behaviour in
            behaviour.methods.append("PUT")
            behaviour.acceptAnyway { _, received in !received.isPost }
        },
        Flaw(
            "get-crashes", covers: ["K05", "J09"], caughtBy: ["transport/*"],
            "It throws on a GET request.",
            explanation: "Your endpoint's handler also serves GET, and throws because there is no body."
        ) { behaviour in
            behaviour.methods.append("GET")
            behaviour.crash(
                .trace("TypeError: Cannot read properties of undefined (reading 'body')", "/app/src/hook.js:8:14")
            ) {
                !$0.isPost
            }
        },
        Flaw(
            "method-overridden", covers: ["K06"],
            caughtBy: [
                "transport/unsigned-get-with-x-http-method-override-post",
                "transport/unsigned-post-with-x-http-method-override-get",
                "transport/unsigned-post-with-x-http-method-override-put",
            ],
            "It lets a header override the method, and verifies only requests sent as POST.",
            explanation:
                "Your endpoint trusts X-HTTP-Method-Override, which bypasses the verification of POST requests."
        ) { behaviour in
            behaviour.methods.append("GET")
            behaviour.acceptAnyway { _, received in received.header("X-HTTP-Method-Override") != nil }
            behaviour.answerFirst { received in
                guard !received.isPost, received.header("X-HTTP-Method-Override") == nil else { return nil }
                return .answer(.problem(405, "method not allowed"))
            }
        },
        Flaw(
            "original-url-trusted", covers: ["K08"], caughtBy: ["transport/unsigned-with-x-original-url"],
            "It looks for its protected path in a proxy's header.",
            explanation:
                "Your endpoint's verification trusts X-Original-URL, so a request that claims another path bypasses it."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                received.header("X-Original-URL").map { !$0.elementsEqual(received.payload.path.utf8) } ?? false
            }
        },
        Flaw(
            "forwarded-host-refused", covers: ["K08"], caughtBy: ["transport/signed-with-x-forwarded-host"],
            "It rejects requests that a proxy forwarded for another host.",
            explanation:
                "Your endpoint includes X-Forwarded-Host in what it verifies, although the scheme does not sign it, so "
                + "it rejects valid requests that pass through a proxy."
        ) { behaviour in
            behaviour.answerFirst { received in
                let isForwarded = received.header("X-Forwarded-Host") != nil
                return isForwarded ? .answer(received.scheme.responses.rejected.response()) : nil
            }
        },
        Flaw(
            "expect-refused", covers: ["K10"], caughtBy: ["transport/expect-continue"],
            "It rejects requests with Expect: 100-continue.",
            explanation:
                "Your endpoint answers 417 to Expect: 100-continue, which some clients send with larger bodies, so "
                + "those deliveries are lost."
        ) { behaviour in
            behaviour.answerFirst { $0.header("Expect") == nil ? nil : .answer(.problem(417, "expectation failed")) }
        },
        Flaw(
            "other-target-crashes", covers: ["K07", "J09"], needs: [.not(.severalPaths)],
            caughtBy: ["transport/*"],
            "It throws on any target but its exact path, even on a query or a trailing slash.",
            explanation: "Your endpoint's router throws on a path that is not configured, instead of answering 404."
        ) { behaviour in
            behaviour.serves = { _, _ in true }
            behaviour.crash(.trace("TypeError: undefined is not a function", "/app/src/router.js:31:9")) { received in
                !received.request.target.elementsEqual(received.payload.path.utf8)
            }
        },
        Flaw(
            "other-method-crashes", covers: ["K05", "K06", "J09"], caughtBy: ["transport/*"],
            "It throws on any method that it does not know.",
            explanation:
                "Your endpoint looks up the method in a table and throws when it is not there, instead of answering "
                + "405."
        ) { behaviour in
            behaviour.methods += ["post", "COUNTERSIGN", "OPTIONS", "PUT", "PATCH", "DELETE", "HEAD", "GET"]
            behaviour.crash(.trace("TypeError: handlers[method] is not a function", "/app/src/router.js:12:22")) {
                !$0.isPost || $0.header("X-HTTP-Method-Override") != nil
            }
        },
        Flaw(
            "proxy-headers-refused", covers: ["K08"],
            caughtBy: ["transport/signed-with-*", "control/headers-of-a-proxy"],
            "It rejects requests that came through a proxy.",
            explanation:
                "Your endpoint, or something in front of it, rejects valid requests because of headers that every "
                + "proxy adds."
        ) { behaviour in
            let names = [
                "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix", "Forwarded",
                "X-Real-IP",
                "X-Original-URL", "X-Rewrite-URL", "Via",
            ]
            behaviour.answerFirst { received in
                names.contains { received.header($0) != nil }
                    ? .answer(received.scheme.responses.rejected.response()) : nil
            }
        },
        Flaw(
            "expectation-crashes", covers: ["K10", "J09"], caughtBy: ["transport/*expect*"],
            "It throws on an expectation that it does not know.",
            explanation:
                "Your endpoint's server throws on an Expect header other than 100-continue, instead of answering 417."
        ) { behaviour in
            behaviour.crash(.death) { $0.header("Expect").map { !$0.elementsEqual("100-continue".utf8) } ?? false }
        },
    ]
}
