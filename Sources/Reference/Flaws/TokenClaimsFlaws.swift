internal import Bytes
internal import Catalogue
internal import Cryptography
internal import Schemes
internal import Transport

/// What a token claims: issuer, audience, times, service.
package enum TokenClaimsFlaws {
    package static let all: [Flaw] = [
        Flaw(
            "issuer-unchecked", covers: ["I06"], needs: [.token], caughtBy: ["token/issuer-*"],
            "It never looks who made a token.",
            explanation: "Your endpoint verifies the signature of a token and never compares iss."
        ) { $0.skip(.issuerWrong) },
        Flaw(
            "issuer-starts-with", covers: ["I06"], needs: [.token], caughtBy: ["token/issuer-longer"],
            "It accepts an issuer that only begins with the right one.",
            explanation: "Your endpoint asks whether iss begins with the issuer, and anyone may own a longer name."
        ) { behaviour in
            let right = behaviour.scheme.token?.issuer ?? ""
            behaviour.skip(.issuerWrong, claim: "iss") { $0?.string?.hasPrefix(right) == true }
        },
        Flaw(
            "issuer-optional", covers: ["I06"], needs: [.token],
            caughtBy: ["token/issuer-missing", "token/issuer-empty"],
            "It compares the issuer only where a token names one.",
            explanation: "Your endpoint accepts tokens without iss, or with an empty one."
        ) { $0.skip(.issuerWrong, claim: "iss") { $0 == nil || $0 == "" } },
        Flaw(
            "emulator-issuer-accepted", covers: ["I06"], needs: [.token], caughtBy: ["token/issuer-emulator"],
            "It accepts the issuer of the Bot Framework Emulator in production.",
            explanation: "Your endpoint accepts the issuer of the emulator, which is for the developer alone."
        ) {
            $0.skip(.issuerWrong, claim: "iss") {
                $0 == "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"
            }
        },
        Flaw(
            "issuer-list-accepted", covers: ["I06"], needs: [.token], caughtBy: ["token/issuer-list"],
            "It accepts a list of issuers in which the right one stands.",
            explanation: "Your endpoint asks whether iss contains the issuer, and a list of several does."
        ) { behaviour in
            let right = behaviour.scheme.token?.issuer ?? ""
            behaviour.skip(.issuerWrong, claim: "iss") { $0?.array?.contains(.string(right)) == true }
        },
        Flaw(
            "audience-unchecked", covers: ["I06"], needs: [.token], caughtBy: ["token/audience-*"],
            "It never looks for whom a token was made.",
            explanation: "Your endpoint never compares aud: a token for any bot is good for yours."
        ) { $0.skip(.audienceWrong) },
        Flaw(
            "audience-starts-with", covers: ["I06"], needs: [.token], caughtBy: ["token/audience-longer"],
            "It accepts an audience that only begins with its own id.",
            explanation: "Your endpoint asks whether aud begins with your app id."
        ) { $0.alsoAcceptAudiences { given, right in given?.string?.hasPrefix(right) == true } },
        Flaw(
            "audience-contained", covers: ["I06"], needs: [.token],
            caughtBy: ["token/audience-shorter", "token/audience-empty"],
            "It accepts an audience that is a part of its own id.",
            explanation: "Your endpoint asks whether your app id contains aud, as it does the empty text."
        ) { $0.alsoAcceptAudiences { given, right in given?.string.map { right.hasPrefix($0) } ?? false } },
        Flaw(
            "audience-optional", covers: ["I06"], needs: [.token], caughtBy: ["token/audience-missing"],
            "It compares the audience only where a token names one.",
            explanation: "Your endpoint accepts tokens without aud."
        ) { $0.alsoAcceptAudiences { given, _ in given == nil } },
        Flaw(
            "audience-star-accepted", covers: ["I06"], needs: [.token], caughtBy: ["token/audience-star"],
            "It takes an asterisk for every audience.",
            explanation: "Your endpoint accepts tokens whose audience is an asterisk, which no sender writes."
        ) { $0.alsoAcceptAudiences { given, _ in given == "*" } },
        Flaw(
            "audience-list-unchecked", covers: ["I06"], needs: [.token], caughtBy: ["token/audience-list-of-others"],
            "It looks at the audience only where it is one text.",
            explanation: "Your endpoint accepts any list as the audience of a token."
        ) { $0.alsoAcceptAudiences { given, _ in given?.array != nil } },
        Flaw(
            "expiry-unchecked", covers: ["I06", "E01"], needs: [.token], caughtBy: ["token/expir*"],
            "It never looks whether a token has expired.",
            explanation: "Your endpoint never compares exp with the clock: a token that was seen once is good for ever."
        ) { $0.skip(.tooOld, .timestampMissing, .timestampMalformed) },
        Flaw(
            "expiry-optional", covers: ["I06", "E02"], needs: [.token],
            caughtBy: ["token/expiry-missing", "token/expiry-null"],
            "It accepts a token that never expires.",
            explanation: "Your endpoint compares exp only where a token has one."
        ) { $0.skip(.timestampMissing, .timestampMalformed, claim: "exp") { $0 == nil || $0 == .null } },
        Flaw(
            "expiry-zero-skips", covers: ["I06", "E11"], needs: [.token], caughtBy: ["token/expiry-zero"],
            "It takes an expiry of 0 for none.",
            explanation: "Your endpoint tests exp as a truth value, so that 0 skips the check."
        ) { $0.skip(.tooOld, claim: "exp") { $0 == 0 } },
        Flaw(
            "expiry-negative-skips", covers: ["I06", "E11"], needs: [.token], caughtBy: ["token/expiry-negative"],
            "It takes a negative expiry for a token that never expires.",
            explanation: "Your endpoint reads exp as an unsigned number, so that a negative one lies far ahead."
        ) { $0.skip(.timestampMalformed, claim: "exp") { ($0?.integer ?? 0) < 0 } },
        Flaw(
            "expiry-not-a-number-accepted", covers: ["I06", "E04"], needs: [.token], caughtBy: ["token/expiry-word"],
            "It accepts an expiry that is no number.",
            explanation:
                "Your endpoint compares exp with the clock as it is, and a comparison with a word is never true."
        ) { $0.skip(.timestampMalformed, claim: "exp") { $0?.string != nil } },
        Flaw(
            "leeway-of-an-hour", covers: ["I06"], needs: [.token],
            caughtBy: ["token/expired-10-minutes-ago", "token/begins-in-10-minutes"],
            "It lets clocks be an hour apart.",
            explanation: "Your endpoint gives expired tokens, and tokens of the future, an hour where the "
                + "document has five minutes."
        ) { behaviour in
            behaviour.acceptAnyway { reason, received in
                let claim: String? = reason == .tooOld ? "exp" : reason == .tooFarAhead ? "nbf" : nil
                let token = received.request.token(of: received.scheme)
                guard let claim, let moment = token?.claims[claim]?.integer else { return false }
                return abs(received.now - Int64(moment)) < 3600
            }
        },
        Flaw(
            "start-unchecked", covers: ["I06", "E07"], needs: [.token], caughtBy: ["token/begins-in-10-minutes"],
            "It never looks whether a token is good already.",
            explanation: "Your endpoint never compares nbf with the clock."
        ) { $0.skip(.tooFarAhead) },
        Flaw(
            "odd-expiry-crashes", covers: ["I06", "E10"], needs: [.token], caughtBy: ["token/expiry-*"],
            "It fails with an exception on an expiry that is no whole number.",
            explanation: "Your endpoint converts exp to an integer, and what is none ends in an exception."
        ) { behaviour in
            behaviour.crash(.traceback("OverflowError: cannot convert float infinity to integer", line: 71)) {
                received in
                guard let expiry = received.request.token(of: received.scheme)?.claims["exp"] else { return false }
                return expiry.integer == nil
            }
        },
        Flaw(
            "service-url-unchecked", covers: ["I05"], needs: [.token], caughtBy: ["token/service-url-*"],
            "It never compares the service URL of a token with that of the body.",
            explanation: "Your endpoint answers to the service URL of the body without asking the token, or looks "
                + "for the claim under another name than serviceurl."
        ) { $0.skip(.bindingWrong) },
        Flaw(
            "service-url-optional", covers: ["I05"], needs: [.token],
            caughtBy: ["token/service-url-missing", "token/service-url-empty"],
            "It compares the service URL only where the token has one.",
            explanation: "Your endpoint accepts tokens without serviceurl, or with an empty one."
        ) { $0.skip(.bindingWrong, claim: "serviceurl") { $0 == nil || $0 == "" } },
        Flaw(
            "service-url-starts-with", covers: ["I05"], needs: [.token], caughtBy: ["token/service-url-longer"],
            "It accepts a service URL that only begins like the one of the body.",
            explanation: "Your endpoint asks whether the service URL of the token begins with that of the body."
        ) { behaviour in
            behaviour.skip(.bindingWrong) { token, request in
                guard let sent = (try? JSON.parse(request.body))?["serviceUrl"]?.string, !sent.isEmpty else {
                    return false
                }
                return token.claims["serviceurl"]?.string?.hasPrefix(sent) == true
            }
        },
        Flaw(
            "service-url-of-body-optional", covers: ["I05"], needs: [.token],
            caughtBy: ["token/service-url-of-body-missing"],
            "It compares the service URL only where the body has one.",
            explanation: "Your endpoint accepts a body without serviceUrl whatever the token says."
        ) { $0.skip(.bindingWrong) { _, request in (try? JSON.parse(request.body))?["serviceUrl"] == nil } },
        Flaw(
            "service-url-bound-to-nothing", covers: ["I05"], needs: [.token],
            caughtBy: ["token/service-url-other", "token/service-url-of-body-changed"],
            "It asks that both service URLs are https addresses, and not that they are the same.",
            explanation:
                "Your endpoint asks whether the service URLs look like addresses, and never whether they agree."
        ) { behaviour in
            behaviour.skip(.bindingWrong) { token, request in
                let sent = (try? JSON.parse(request.body))?["serviceUrl"]?.string
                return [sent, token.claims["serviceurl"]?.string].allSatisfy { $0?.hasPrefix("https://") == true }
            }
        },
    ]
}
