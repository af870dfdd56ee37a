internal import Catalogue
internal import Schemes
internal import Transport

/// Methods, targets and what proxies add.
enum TransportFlaws {
    static let all: [Flaw] = [
        Flaw(
            "other-methods-unsigned", covers: ["K05"], caughtBy: ["transport/*"],
            "It verifies POST only, and serves the other methods too.",
            explanation: "Your endpoint's handler serves every method, and its guard knows POST only."
        ) { behaviour in
            behaviour.methods += ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"]
            behaviour.acceptAnyway { _, received in !received.isPost }
            behaviour.isUsable = { _, _ in true }
        },
        Flaw(
            "put-unsigned", covers: ["K05"], caughtBy: ["transport/unsigned-put-method"],
            "It serves PUT without verifying it.",
            explanation: "Your endpoint's route takes PUT as well as POST, and verifies only the latter."
        ) { behaviour in
            behaviour.methods.append("PUT")
            behaviour.acceptAnyway { _, received in !received.isPost }
        },
        Flaw(
            "get-crashes", covers: ["K05", "J09"], caughtBy: ["transport/*"],
            "It fails with an exception on a GET.",
            explanation: "Your endpoint's handler takes GET too, and throws because there is no body."
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
            "It lets a header replace the method, and verifies only what was sent as a POST.",
            explanation: "Your endpoint trusts X-HTTP-Method-Override, which leads around the guard of POST."
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
            "It looks for its guarded path in a header of a proxy.",
            explanation:
                "Your endpoint's guard believes X-Original-URL, and lets in what says it was sent to another path."
        ) { behaviour in
            behaviour.acceptAnyway { _, received in
                received.header("X-Original-URL").map { !$0.elementsEqual(received.payload.path.utf8) } ?? false
            }
        },
        Flaw(
            "forwarded-host-refused", covers: ["K08"], caughtBy: ["transport/signed-with-x-forwarded-host"],
            "It refuses requests that say they came to another host.",
            explanation:
                "Your endpoint puts X-Forwarded-Host into what it verifies, though the scheme does not sign it."
        ) { behaviour in
            behaviour.answerFirst { received in
                let isForwarded = received.header("X-Forwarded-Host") != nil
                return isForwarded ? .answer(received.scheme.responses.rejected.response()) : nil
            }
        },
        Flaw(
            "expect-refused", covers: ["K10"], caughtBy: ["transport/expect-continue"],
            "It refuses requests that ask whether to go on.",
            explanation:
                "Your endpoint answers 417 to Expect: 100-continue, which some clients send with larger bodies."
        ) { behaviour in
            behaviour.answerFirst { $0.header("Expect") == nil ? nil : .answer(.problem(417, "expectation failed")) }
        },
        Flaw(
            "other-target-crashes", covers: ["K07", "J09"], needs: [.not(.severalPaths)],
            caughtBy: ["transport/*"],
            "It fails with an exception on any path but its own, a query or a trailing slash included.",
            explanation: "Your endpoint's router throws when a path is not the one that it was given."
        ) { behaviour in
            behaviour.serves = { _, _ in true }
            behaviour.crash(.trace("TypeError: undefined is not a function", "/app/src/router.js:31:9")) { received in
                !received.request.target.elementsEqual(received.payload.path.utf8)
            }
        },
        Flaw(
            "other-method-crashes", covers: ["K05", "K06", "J09"], caughtBy: ["transport/*"],
            "It fails with an exception on any method that it does not know.",
            explanation: "Your endpoint looks the method up in a table, and throws when it is not there."
        ) { behaviour in
            behaviour.methods += ["post", "COUNTERSIGN", "OPTIONS", "PUT", "PATCH", "DELETE", "HEAD", "GET"]
            behaviour.crash(.trace("TypeError: handlers[method] is not a function", "/app/src/router.js:12:22")) {
                !$0.isPost || $0.header("X-HTTP-Method-Override") != nil
            }
        },
        Flaw(
            "proxy-headers-refused", covers: ["K08"],
            caughtBy: ["transport/signed-with-*", "control/headers-of-a-proxy"],
            "It refuses requests that came through a proxy.",
            explanation:
                "Your endpoint, or a guard before it, refuses a request because of headers that every proxy adds."
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
            "It fails with an exception on an expectation that it does not know.",
            explanation: "Your endpoint's server throws on an Expect header other than 100-continue."
        ) { behaviour in
            behaviour.crash(.death) { $0.header("Expect").map { !$0.elementsEqual("100-continue".utf8) } ?? false }
        },
    ]
}
