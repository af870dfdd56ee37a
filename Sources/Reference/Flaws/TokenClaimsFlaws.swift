internal import Bytes
internal import Catalogue
internal import Cryptography
internal import Schemes
internal import Transport

/// The claims of a token: issuer, audience, times, service.
package enum TokenClaimsFlaws {
    package static let all: [Flaw] = [
        Flaw(
            "issuer-unchecked", covers: ["I06"], needs: [.token], caughtBy: ["token/issuer-*"],
            "It never checks who issued a token.",
            explanation:
                "Your endpoint verifies a token's signature but never checks iss, so it accepts tokens from another "
                + "issuer."
        ) { $0.skip(.issuerWrong) },
        Flaw(
            "issuer-starts-with", covers: ["I06"], needs: [.token], caughtBy: ["token/issuer-longer"],
            "It accepts an issuer that only begins with the correct one.",
            explanation: "Your endpoint checks only that iss begins with the issuer, and anyone may own a longer name."
        ) { behaviour in
            let right = behaviour.scheme.token?.issuer ?? ""
            behaviour.skip(.issuerWrong, claim: "iss") { $0?.string?.hasPrefix(right) == true }
        },
        Flaw(
            "issuer-optional", covers: ["I06"], needs: [.token],
            caughtBy: ["token/issuer-missing", "token/issuer-empty"],
            "It checks the issuer only if a token names one.",
            explanation: "Your endpoint accepts tokens without iss or with an empty one."
        ) { $0.skip(.issuerWrong, claim: "iss") { $0 == nil || $0 == "" } },
        Flaw(
            "emulator-issuer-accepted", covers: ["I06"], needs: [.token], caughtBy: ["token/issuer-emulator"],
            "It accepts the Bot Framework Emulator's issuer in production.",
            explanation: "Your endpoint accepts the emulator's issuer, which is meant only for local development."
        ) {
            $0.skip(.issuerWrong, claim: "iss") {
                $0 == "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"
            }
        },
        Flaw(
            "issuer-list-accepted", covers: ["I06"], needs: [.token], caughtBy: ["token/issuer-list"],
            "It accepts a list of issuers that contains the correct one.",
            explanation:
                "Your endpoint checks only that iss contains the issuer, so a list that also names others passes."
        ) { behaviour in
            let right = behaviour.scheme.token?.issuer ?? ""
            behaviour.skip(.issuerWrong, claim: "iss") { $0?.array?.contains(.string(right)) == true }
        },
        Flaw(
            "audience-unchecked", covers: ["I06"], needs: [.token], caughtBy: ["token/audience-*"],
            "It never checks whom a token was issued for.",
            explanation: "Your endpoint never checks aud, so it accepts a token for any other bot."
        ) { $0.skip(.audienceWrong) },
        Flaw(
            "audience-starts-with", covers: ["I06"], needs: [.token], caughtBy: ["token/audience-longer"],
            "It accepts an audience that only begins with its own id.",
            explanation:
                "Your endpoint checks only that aud begins with your app id, so it accepts a token for another "
                + "audience."
        ) { $0.alsoAcceptAudiences { given, right in given?.string?.hasPrefix(right) == true } },
        Flaw(
            "audience-contained", covers: ["I06"], needs: [.token],
            caughtBy: ["token/audience-shorter", "token/audience-empty"],
            "It accepts an audience that is only part of its own id.",
            explanation: "Your endpoint checks only that your app id contains aud, which is true of an empty string."
        ) { $0.alsoAcceptAudiences { given, right in given?.string.map { right.hasPrefix($0) } ?? false } },
        Flaw(
            "audience-optional", covers: ["I06"], needs: [.token], caughtBy: ["token/audience-missing"],
            "It checks the audience only if a token names one.",
            explanation: "Your endpoint accepts tokens without aud, which may have been issued for any app."
        ) { $0.alsoAcceptAudiences { given, _ in given == nil } },
        Flaw(
            "audience-star-accepted", covers: ["I06"], needs: [.token], caughtBy: ["token/audience-star"],
            "It accepts an asterisk as the audience.",
            explanation: "Your endpoint accepts tokens whose audience is an asterisk, which no sender issues."
        ) { $0.alsoAcceptAudiences { given, _ in given == "*" } },
        Flaw(
            "audience-list-unchecked", covers: ["I06"], needs: [.token], caughtBy: ["token/audience-list-of-others"],
            "It checks the audience only if it is a single string.",
            explanation: "Your endpoint accepts any list as a token's audience, even one that does not name your app."
        ) { $0.alsoAcceptAudiences { given, _ in given?.array != nil } },
        Flaw(
            "expiry-unchecked", covers: ["I06", "E01"], needs: [.token], caughtBy: ["token/expir*"],
            "It never checks whether a token has expired.",
            explanation: "Your endpoint never compares exp with the clock, so a captured token stays valid forever."
        ) { $0.skip(.tooOld, .timestampMissing, .timestampMalformed) },
        Flaw(
            "expiry-optional", covers: ["I06", "E02"], needs: [.token],
            caughtBy: ["token/expiry-missing", "token/expiry-null"],
            "It accepts a token that never expires.",
            explanation: "Your endpoint checks exp only if a token has one, so a token without it stays valid forever."
        ) { $0.skip(.timestampMissing, .timestampMalformed, claim: "exp") { $0 == nil || $0 == .null } },
        Flaw(
            "expiry-zero-skips", covers: ["I06", "E11"], needs: [.token], caughtBy: ["token/expiry-zero"],
            "It treats an expiry of 0 as no expiry.",
            explanation:
                "Your endpoint tests whether exp is truthy, so 0 skips the check and the token stays valid forever."
        ) { $0.skip(.tooOld, claim: "exp") { $0 == 0 } },
        Flaw(
            "expiry-negative-skips", covers: ["I06", "E11"], needs: [.token], caughtBy: ["token/expiry-negative"],
            "It treats a negative expiry as one that never comes.",
            explanation: "Your endpoint reads exp as an unsigned number, so a negative expiry lies far in the future."
        ) { $0.skip(.timestampMalformed, claim: "exp") { ($0?.integer ?? 0) < 0 } },
        Flaw(
            "expiry-not-a-number-accepted", covers: ["I06", "E04"], needs: [.token], caughtBy: ["token/expiry-word"],
            "It accepts an expiry that is not a number.",
            explanation:
                "Your endpoint compares exp with the clock without checking its type, and a word never compares as "
                + "expired."
        ) { $0.skip(.timestampMalformed, claim: "exp") { $0?.string != nil } },
        Flaw(
            "leeway-of-an-hour", covers: ["I06"], needs: [.token],
            caughtBy: ["token/expired-10-minutes-ago", "token/begins-in-10-minutes"],
            "It allows clocks to differ by an hour.",
            explanation:
                "Your endpoint allows tokens an hour of leeway, although the document allows five minutes, so expired "
                + "tokens stay valid."
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
            "It never checks whether a token is valid yet.",
            explanation:
                "Your endpoint never compares nbf with the clock, so it accepts tokens before they become valid."
        ) { $0.skip(.tooFarAhead) },
        Flaw(
            "odd-expiry-crashes", covers: ["I06", "E10"], needs: [.token], caughtBy: ["token/expiry-*"],
            "It throws on an expiry that is not a whole number.",
            explanation: "Your endpoint converts exp to an integer, and throws when it is not one."
        ) { behaviour in
            behaviour.crash(.traceback("OverflowError: cannot convert float infinity to integer", line: 71)) {
                received in
                guard let expiry = received.request.token(of: received.scheme)?.claims["exp"] else { return false }
                return expiry.integer == nil
            }
        },
        Flaw(
            "service-url-unchecked", covers: ["I05"], needs: [.token], caughtBy: ["token/service-url-*"],
            "It never compares a token's service URL with the body's.",
            explanation:
                "Your endpoint replies to the service URL in the body without checking the token's claim, or looks for "
                + "the claim under a name other than serviceurl, so replies can be sent to an attacker."
        ) { $0.skip(.bindingWrong) },
        Flaw(
            "service-url-optional", covers: ["I05"], needs: [.token],
            caughtBy: ["token/service-url-missing", "token/service-url-empty"],
            "It compares the service URL only if the token has one.",
            explanation:
                "Your endpoint accepts tokens without serviceurl or with an empty one, so the body can name any URL."
        ) { $0.skip(.bindingWrong, claim: "serviceurl") { $0 == nil || $0 == "" } },
        Flaw(
            "service-url-starts-with", covers: ["I05"], needs: [.token], caughtBy: ["token/service-url-longer"],
            "It accepts a service URL that only begins with the body's.",
            explanation:
                "Your endpoint checks only that the token's service URL begins with the body's, so the two can name "
                + "different hosts."
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
            "It compares the service URL only if the body has one.",
            explanation: "Your endpoint accepts a body without serviceUrl, whatever the token says."
        ) { $0.skip(.bindingWrong) { _, request in (try? JSON.parse(request.body))?["serviceUrl"] == nil } },
        Flaw(
            "service-url-bound-to-nothing", covers: ["I05"], needs: [.token],
            caughtBy: ["token/service-url-other", "token/service-url-of-body-changed"],
            "It requires both service URLs to be https URLs, but not to be the same.",
            explanation:
                "Your endpoint checks that the service URLs look like URLs, but never that they match, so replies can "
                + "be sent to an attacker."
        ) { behaviour in
            behaviour.skip(.bindingWrong) { token, request in
                let sent = (try? JSON.parse(request.body))?["serviceUrl"]?.string
                return [sent, token.claims["serviceurl"]?.string].allSatisfy { $0?.hasPrefix("https://") == true }
            }
        },
    ]
}
